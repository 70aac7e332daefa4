# sweep-console_max_ms: console_max_ms.
# Draw it again with: gnuplot -d sweep-console_max_ms.gp
set encoding utf8
set tics nomirror
set border 3
set style textbox opaque noborder fillcolor rgb 'white' margins 0.4,0.4
set grid ytics linetype 1 linewidth 1 linecolor rgb '#e0e0e0'
do for [kind in 'svg png'] {
  if (kind eq 'svg') {
    set terminal svg size 1000,510 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.svg'
  }
  if (kind eq 'png') {
    if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) { break }
    set terminal pngcairo size 1000,510 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.png'
  }
  set multiplot
  unset label
  unset arrow
  unset object
  unset logscale
  set ytics nomirror autofreq
  set label 'console_max_ms: at most 25.7 s, by freebsd-11 at rate of nginx = 40000 per s, rate of' at screen 0.5, screen 0.964706 center font ',16' textcolor rgb '#000000'
  set label 'utilities = 200 per s; 3.97 s by current (freebsd-12.0); 0 by proposed (freebsd-12.2)' at screen 0.5, screen 0.911765 center font ',16' textcolor rgb '#000000'
  set label 'lag of the first observer: the latest tick, ms; less is better; mean of replications' at screen 0.5, screen 0.862745 center font ',13' textcolor rgb '#505050'
  set label 'pcbsim 0.2.0 (fa833a333f18, sources b7d7ee50d39d), sweep sweep-freeze, replications 8, scenario digest d98cae653cb2' at screen 0.99, screen 0.0235294 right font ',11' textcolor rgb '#505050'
  set label 'across: rate of nginx (per s); upwards: rate of utilities (per s)' at screen 0.5, screen 0.0823529 center font ',13'
  set lmargin at screen 0.0562
  set rmargin at screen 0.325333
  set tmargin at screen 0.713725
  set bmargin at screen 0.180392
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate font ',11'
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate font ',11'
  set label 'freebsd-11' at screen 0.0562, screen 0.741176 left font ',14'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#8b9eba' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.995' at 0,0 center font ',11' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#96a7c0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.449' at 0,1 center font ',11' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#90a2bc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.727' at 0,2 center font ',11' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',11' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',11' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',11' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',11' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#2e5082' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,300' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#7087a9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.38' at 1,0 center font ',11' textcolor rgb '#ffffff' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#6d84a7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10.6' at 1,1 center font ',11' textcolor rgb '#ffffff' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#6881a4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '14.9' at 1,2 center font ',11' textcolor rgb '#ffffff' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#647da2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '20' at 1,3 center font ',11' textcolor rgb '#ffffff' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#5e789f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '31.8' at 1,4 center font ',11' textcolor rgb '#ffffff' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#526e97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '80.2' at 1,5 center font ',11' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#274a7d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,300' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#163c73' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,520' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#637ca1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '22.3' at 2,0 center font ',11' textcolor rgb '#ffffff' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#617aa0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '26.7' at 2,1 center font ',11' textcolor rgb '#ffffff' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#5a759c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '43.9' at 2,2 center font ',11' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#56719a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '60.9' at 2,3 center font ',11' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#496792' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '164' at 2,4 center font ',11' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#22467b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,240' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#153b73' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,800' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#103770' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13,300' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#516d97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '88.1' at 3,0 center font ',11' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#516d97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '87.8' at 3,1 center font ',11' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#496692' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '168' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#405f8c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '330' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#23477b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,070' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#123871' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11,300' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#113870' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '12,100' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#0e356f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '15,300' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#42608d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '292' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#3d5c8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '420' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#325384' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '957' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#1d4177' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4,920' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#153a72' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '9,400' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#0f366f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '14,700' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#0c336d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '18,100' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '25,700' at 4,7 center font ',11' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.381533
  set rmargin at screen 0.650667
  set tmargin at screen 0.713725
  set bmargin at screen 0.180392
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate font ',11'
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate font ',11'
  set label 'current (freebsd-12.0)' at screen 0.381533, screen 0.741176 left font ',14'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,0 center font ',11' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,1 center font ',11' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,2 center font ',11' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',11' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',11' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',11' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',11' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#44628f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '251' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',11' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',11' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#e6eaf0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.00095' at 1,2 center font ',11' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#93a4be' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.564' at 1,3 center font ',11' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#92a3bd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.615' at 1,4 center font ',11' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#6a82a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13.5' at 1,5 center font ',11' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#3d5c8a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '431' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#355586' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '795' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#97a8c0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.415' at 2,0 center font ',11' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#90a2bc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.688' at 2,1 center font ',11' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#748aac' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '6.04' at 2,2 center font ',11' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#677fa4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '16.5' at 2,3 center font ',11' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#57729a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '57.1' at 2,4 center font ',11' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#2f5182' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,220' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#345585' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '853' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#345585' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '808' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#6f86a9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.75' at 3,0 center font ',11' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#6a82a6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13.1' at 3,1 center font ',11' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#57729a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '57.4' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#476590' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '197' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#2b4d7f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,730' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#2c4e80' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,550' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#2b4d80' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,720' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#294c7f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,950' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#516d96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '92.1' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#476591' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '187' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#345585' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '825' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#24477c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,880' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#23477b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,070' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#204479' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,920' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#204479' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,970' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#204479' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,850' at 4,7 center font ',11' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.706867
  set rmargin at screen 0.976
  set tmargin at screen 0.713725
  set bmargin at screen 0.180392
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate font ',11'
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate font ',11'
  set label 'proposed (freebsd-12.2)' at screen 0.706867, screen 0.741176 left font ',14'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,0 center font ',11' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,1 center font ',11' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,2 center font ',11' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',11' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',11' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',11' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',11' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,7 center font ',11' textcolor rgb '#000000' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',11' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',11' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,2 center font ',11' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,3 center font ',11' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,4 center font ',11' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,5 center font ',11' textcolor rgb '#000000' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,6 center font ',11' textcolor rgb '#000000' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,7 center font ',11' textcolor rgb '#000000' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,0 center font ',11' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,1 center font ',11' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,2 center font ',11' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,3 center font ',11' textcolor rgb '#000000' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,4 center font ',11' textcolor rgb '#000000' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,5 center font ',11' textcolor rgb '#000000' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,6 center font ',11' textcolor rgb '#000000' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,7 center font ',11' textcolor rgb '#000000' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,0 center font ',11' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,1 center font ',11' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,2 center font ',11' textcolor rgb '#000000' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,3 center font ',11' textcolor rgb '#000000' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,4 center font ',11' textcolor rgb '#000000' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,5 center font ',11' textcolor rgb '#000000' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,6 center font ',11' textcolor rgb '#000000' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,7 center font ',11' textcolor rgb '#000000' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,0 center font ',11' textcolor rgb '#000000' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,1 center font ',11' textcolor rgb '#000000' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,2 center font ',11' textcolor rgb '#000000' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,3 center font ',11' textcolor rgb '#000000' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,4 center font ',11' textcolor rgb '#000000' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,5 center font ',11' textcolor rgb '#000000' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,6 center font ',11' textcolor rgb '#000000' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,7 center font ',11' textcolor rgb '#000000' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  unset multiplot
  unset output
}
