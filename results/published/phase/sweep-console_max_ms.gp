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
  set label 'console_max_ms: at most 23.6 s, by freebsd-11 at rate of nginx = 40000 per s, rate of' at screen 0.5, screen 0.964706 center font ',16' textcolor rgb '#000000'
  set label 'utilities = 200 per s; 2.65 s by current (freebsd-12.0); 0 by proposed (freebsd-12.2)' at screen 0.5, screen 0.911765 center font ',16' textcolor rgb '#000000'
  set label 'lag of the first observer: the latest tick, ms; less is better; mean of replications' at screen 0.5, screen 0.862745 center font ',13' textcolor rgb '#505050'
  set label 'pcbsim 0.2.0 (3e37daab08ba, sources ed951a69218b), sweep sweep-freeze, replications 8, scenario digest 465e35c87710' at screen 0.99, screen 0.0235294 right font ',11' textcolor rgb '#505050'
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
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#8b9eb9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.995' at 0,0 center font ',11' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#95a6c0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.449' at 0,1 center font ',11' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#8c9eba' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.93' at 0,2 center font ',11' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',11' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',11' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',11' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',11' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#2c4e81' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,410' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#6f86a9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.38' at 1,0 center font ',11' textcolor rgb '#ffffff' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#6a82a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '12.7' at 1,1 center font ',11' textcolor rgb '#ffffff' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#6982a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13' at 1,2 center font ',11' textcolor rgb '#ffffff' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#667fa3' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '17.1' at 1,3 center font ',11' textcolor rgb '#ffffff' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#5f799f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '28.1' at 1,4 center font ',11' textcolor rgb '#ffffff' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#4f6c95' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '96.9' at 1,5 center font ',11' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#26497d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,350' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#143a72' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,900' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#627ca1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '22.3' at 2,0 center font ',11' textcolor rgb '#ffffff' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#5f799f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '28.5' at 2,1 center font ',11' textcolor rgb '#ffffff' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#5b759c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.8' at 2,2 center font ',11' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#536f98' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '71' at 2,3 center font ',11' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#4a6792' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '149' at 2,4 center font ',11' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#23477b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,800' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#163b73' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,020' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#113870' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11,100' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#536e98' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '74.6' at 3,0 center font ',11' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#516d97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '83.3' at 3,1 center font ',11' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#476591' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '177' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#3d5d8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '381' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#23477b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,850' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#133971' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '9,640' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#103770' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '12,400' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#133971' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10,100' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#405f8c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '311' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#3e5d8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '360' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#315283' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,010' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#1f4378' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4,000' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#143a72' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,740' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#0c336d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '17,400' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#0c346d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '16,400' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '23,600' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#4d6a94' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '117' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',11' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',11' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#e6eaf0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.00095' at 1,2 center font ',11' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#c5cedc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0117' at 1,3 center font ',11' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#9aaac2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.316' at 1,4 center font ',11' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#6a82a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '12.8' at 1,5 center font ',11' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#3b5b89' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '454' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#355586' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '736' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#8a9db9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.05' at 2,0 center font ',11' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#8fa1bc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.709' at 2,1 center font ',11' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#7a90af' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3.58' at 2,2 center font ',11' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#6b83a6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11.4' at 2,3 center font ',11' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#617aa0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '25.3' at 2,4 center font ',11' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#305183' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,070' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#345585' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '763' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#305283' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,020' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#768cad' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.97' at 3,0 center font ',11' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#6b83a6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11.3' at 3,1 center font ',11' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#516d97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '81.8' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#45638f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '217' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#2e5081' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,260' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#2a4d7f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,620' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#2b4d80' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,530' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#2a4d7f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,620' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#506c96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '92.1' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#466490' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '190' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#345585' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '793' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#26497d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,250' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#294b7e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,860' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#284b7e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,900' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#24477c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,650' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#25497c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,370' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
