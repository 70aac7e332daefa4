# sweep-console_max_ms: console_max_ms.
# Draw it again with: gnuplot -d sweep-console_max_ms.gp
set encoding utf8
set tics nomirror
set border 3
set style textbox opaque noborder fillcolor rgb 'white' margins 0.4,0.4
set grid ytics linetype 1 linewidth 1 linecolor rgb '#e0e0e0'
do for [kind in 'svg png'] {
  if (kind eq 'svg') {
    set terminal svg size 1000,1362 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.svg'
  }
  if (kind eq 'png') {
    if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) { break }
    set terminal pngcairo size 1000,1362 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.png'
  }
  set multiplot
  unset label
  unset arrow
  unset object
  unset logscale
  set ytics nomirror autofreq
  set label 'console_max_ms: at most 25,700, by freebsd-11 at workload:nginx.rate_per_s = 40000,' at screen 0.5, screen 0.986784 center font ',16' textcolor rgb '#000000'
  set label 'workload:utilities.rate_per_s = 200' at screen 0.5, screen 0.96696 center font ',16' textcolor rgb '#000000'
  set label 'console_max_ms: mean of replications' at screen 0.5, screen 0.928781 center font ',13' textcolor rgb '#505050'
  set label 'pcbsim 0.2.0 (fa833a333f18, sources b7d7ee50d39d), sweep sweep-freeze, replications 8, scenario digest d98cae653cb2' at screen 0.99, screen 0.00881057 right font ',11' textcolor rgb '#505050'
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.875184
  set bmargin at screen 0.651982
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate
  set xlabel ''
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate
  set ylabel ''
  set label 'freebsd-11, by workload:utilities.rate_per_s (upwards)' at screen 0.15, screen 0.885463 left font ',15'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#9aaac2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.995' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#a6b4c9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.449' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#9faec5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.727' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#335484' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,300' at 0,7 center font ',13' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#7b91b0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.38' at 1,0 center font ',13' textcolor rgb '#ffffff' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#788eae' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10.6' at 1,1 center font ',13' textcolor rgb '#ffffff' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#738aab' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '14.9' at 1,2 center font ',13' textcolor rgb '#ffffff' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#6f86a8' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '20' at 1,3 center font ',13' textcolor rgb '#ffffff' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#6880a4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '31.8' at 1,4 center font ',13' textcolor rgb '#ffffff' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#5b759c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '80.2' at 1,5 center font ',13' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#2a4d7f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,300' at 1,6 center font ',13' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#173d74' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,520' at 1,7 center font ',13' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#6d85a7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '22.3' at 2,0 center font ',13' textcolor rgb '#ffffff' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#6b83a6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '26.7' at 2,1 center font ',13' textcolor rgb '#ffffff' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#637da2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '43.9' at 2,2 center font ',13' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#5f799f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '60.9' at 2,3 center font ',13' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#506d96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '164' at 2,4 center font ',13' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#25497c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,240' at 2,5 center font ',13' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#173c74' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8,800' at 2,6 center font ',13' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#113770' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13,300' at 2,7 center font ',13' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#59749c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '88.1' at 3,0 center font ',13' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#59749c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '87.8' at 3,1 center font ',13' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#506c96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '168' at 3,2 center font ',13' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#466490' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '330' at 3,3 center font ',13' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#26497d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,070' at 3,4 center font ',13' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#133972' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11,300' at 3,5 center font ',13' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#123971' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '12,100' at 3,6 center font ',13' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#0f366f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '15,300' at 3,7 center font ',13' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#486691' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '292' at 4,0 center font ',13' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#43618e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '420' at 4,1 center font ',13' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#375787' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '957' at 4,2 center font ',13' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#1f4379' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4,920' at 4,3 center font ',13' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#163c73' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '9,400' at 4,4 center font ',13' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#10366f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '14,700' at 4,5 center font ',13' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#0d346e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '18,100' at 4,6 center font ',13' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '25,700' at 4,7 center font ',13' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.585903
  set bmargin at screen 0.362702
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate
  set xlabel ''
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate
  set ylabel ''
  set label 'current, by workload:utilities.rate_per_s (upwards)' at screen 0.15, screen 0.596182 left font ',15'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#4a6793' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '251' at 0,7 center font ',13' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',13' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',13' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.00095' at 1,2 center font ',13' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#a2b1c7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.564' at 1,3 center font ',13' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#a1b0c7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.615' at 1,4 center font ',13' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#748bac' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13.5' at 1,5 center font ',13' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#42618e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '431' at 1,6 center font ',13' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#3a5a89' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '795' at 1,7 center font ',13' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#a7b5ca' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.415' at 2,0 center font ',13' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#9fafc6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.688' at 2,1 center font ',13' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#8095b3' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '6.04' at 2,2 center font ',13' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#7288aa' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '16.5' at 2,3 center font ',13' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#60799f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '57.1' at 2,4 center font ',13' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#345485' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,220' at 2,5 center font ',13' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#395988' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '853' at 2,6 center font ',13' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#395988' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '808' at 2,7 center font ',13' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#7b90b0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.75' at 3,0 center font ',13' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#758bac' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13.1' at 3,1 center font ',13' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#60799f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '57.4' at 3,2 center font ',13' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#4e6a95' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '197' at 3,3 center font ',13' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#2e5082' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,730' at 3,4 center font ',13' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#305183' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,550' at 3,5 center font ',13' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#2f5082' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,720' at 3,6 center font ',13' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#2d4f81' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,950' at 3,7 center font ',13' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#59749b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '92.1' at 4,0 center font ',13' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#4f6b95' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '187' at 4,1 center font ',13' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#395988' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '825' at 4,2 center font ',13' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#274a7d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,880' at 4,3 center font ',13' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#26497d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,070' at 4,4 center font ',13' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#23467b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,920' at 4,5 center font ',13' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#22467b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,970' at 4,6 center font ',13' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#23467b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,850' at 4,7 center font ',13' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.296623
  set bmargin at screen 0.0734214
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0 norotate
  set xlabel 'workload:nginx.rate_per_s'
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0 norotate
  set ylabel ''
  set label 'proposed, by workload:utilities.rate_per_s (upwards)' at screen 0.15, screen 0.306902 left font ',15'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,7 center font ',13' textcolor rgb '#000000' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',13' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',13' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,2 center font ',13' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,3 center font ',13' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,4 center font ',13' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,5 center font ',13' textcolor rgb '#000000' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,6 center font ',13' textcolor rgb '#000000' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,7 center font ',13' textcolor rgb '#000000' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,0 center font ',13' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,1 center font ',13' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,2 center font ',13' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,3 center font ',13' textcolor rgb '#000000' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,4 center font ',13' textcolor rgb '#000000' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,5 center font ',13' textcolor rgb '#000000' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,6 center font ',13' textcolor rgb '#000000' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 2,7 center font ',13' textcolor rgb '#000000' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,0 center font ',13' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,1 center font ',13' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,2 center font ',13' textcolor rgb '#000000' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,3 center font ',13' textcolor rgb '#000000' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,4 center font ',13' textcolor rgb '#000000' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,5 center font ',13' textcolor rgb '#000000' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,6 center font ',13' textcolor rgb '#000000' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,7 center font ',13' textcolor rgb '#000000' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,0 center font ',13' textcolor rgb '#000000' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,1 center font ',13' textcolor rgb '#000000' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,2 center font ',13' textcolor rgb '#000000' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,3 center font ',13' textcolor rgb '#000000' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,4 center font ',13' textcolor rgb '#000000' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,5 center font ',13' textcolor rgb '#000000' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,6 center font ',13' textcolor rgb '#000000' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,7 center font ',13' textcolor rgb '#000000' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  unset multiplot
  unset output
}
