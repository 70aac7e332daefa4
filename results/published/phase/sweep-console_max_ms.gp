# sweep-console_max_ms: console_max_ms.
# Draw it again with: gnuplot -d sweep-console_max_ms.gp
set encoding utf8
set tics nomirror
set border 3
set style textbox opaque noborder fillcolor rgb 'white' margins 0.4,0.4
set grid ytics linetype 1 linewidth 1 linecolor rgb '#e0e0e0'
do for [kind in 'svg png'] {
  if (kind eq 'svg') {
    set terminal svg size 1000,1312 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.svg'
  }
  if (kind eq 'png') {
    if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) { break }
    set terminal pngcairo size 1000,1312 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-console_max_ms.png'
  }
  set multiplot
  unset label
  unset arrow
  unset object
  unset logscale
  set ytics autofreq
  set label 'console_max_ms: mean of replications' at screen 0.5, screen 0.983232 center font ',17'
  set label 'pcbsim 0.1.0 (e1c4b7371269), sweep sweep-freeze, replications 3, scenario digest 17931d2e3bd6' at screen 0.99, screen 0.00914634 right font ',13' textcolor rgb '#505050'
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.908537
  set bmargin at screen 0.676829
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0
  set xlabel ''
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0
  set ylabel 'workload:utilities.rate_per_s'
  set label 'freebsd-11' at screen 0.15, screen 0.919207 left font ',16'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#bec9d8' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.28' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#fdfdfe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0369' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#dde3ea' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.224' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#fdfdfe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0366' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#fdfdfe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0366' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#fdfdfe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0366' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0378' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#365686' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,900' at 0,7 center font ',13' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#9aaac2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '9.88' at 1,0 center font ',13' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#9aaac2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10.3' at 1,1 center font ',13' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#8d9fbb' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '20.7' at 1,2 center font ',13' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#899cb8' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '26.3' at 1,3 center font ',13' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#8296b4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 1,4 center font ',13' textcolor rgb '#ffffff' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#59739b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '403' at 1,5 center font ',13' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '38,300' at 1,6 center font ',13' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 1,7 center font ',13' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#8699b6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '31.6' at 2,0 center font ',13' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#899cb8' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '25.6' at 2,1 center font ',13' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#788eae' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '67.3' at 2,2 center font ',13' textcolor rgb '#ffffff' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#6c84a7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '134' at 2,3 center font ',13' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#526e97' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '603' at 2,4 center font ',13' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,200' at 2,5 center font ',13' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 2,6 center font ',13' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,700' at 2,7 center font ',13' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#7289aa' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '96.4' at 3,0 center font ',13' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#6b83a6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '143' at 3,1 center font ',13' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#5d779e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '318' at 3,2 center font ',13' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#3f5e8c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,700' at 3,3 center font ',13' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#09306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '37,400' at 3,4 center font ',13' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 3,5 center font ',13' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 3,6 center font ',13' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 3,7 center font ',13' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#57729a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '438' at 4,0 center font ',13' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#4e6a95' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '752' at 4,1 center font ',13' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#2d4f81' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4,690' at 4,2 center font ',13' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,500' at 4,3 center font ',13' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#0a326c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '34,700' at 4,4 center font ',13' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '38,600' at 4,5 center font ',13' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,400' at 4,6 center font ',13' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '38,700' at 4,7 center font ',13' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.608232
  set bmargin at screen 0.376524
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0
  set xlabel ''
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0
  set ylabel 'workload:utilities.rate_per_s'
  set label 'current' at screen 0.15, screen 0.618902 left font ',16'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0351' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0351' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#476590' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,100' at 0,7 center font ',13' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#fdfefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.036' at 1,0 center font ',13' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#b6c2d3' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2.06' at 1,1 center font ',13' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#a6b4c9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '5.07' at 1,2 center font ',13' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#90a2bc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '18' at 1,3 center font ',13' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#8b9eb9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '22.9' at 1,4 center font ',13' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#748aab' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '87.2' at 1,5 center font ',13' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#325384' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,600' at 1,6 center font ',13' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#395988' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,400' at 1,7 center font ',13' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#94a5be' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '14.4' at 2,0 center font ',13' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#91a3bd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '16.3' at 2,1 center font ',13' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#869ab6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '30.6' at 2,2 center font ',13' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#7b90b0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '57.7' at 2,3 center font ',13' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#617ba0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '251' at 2,4 center font ',13' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#3b5b89' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,170' at 2,5 center font ',13' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#3a5a89' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,220' at 2,6 center font ',13' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#3d5c8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,930' at 2,7 center font ',13' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#8094b2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '44.4' at 3,0 center font ',13' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#8094b3' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '43.6' at 3,1 center font ',13' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#7087a9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '109' at 3,2 center font ',13' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#506c96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '665' at 3,3 center font ',13' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#385888' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,540' at 3,4 center font ',13' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#3c5b8a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,070' at 3,5 center font ',13' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#3b5b8a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,120' at 3,6 center font ',13' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#3f5e8c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,670' at 3,7 center font ',13' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#6780a4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '175' at 4,0 center font ',13' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#6981a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '163' at 4,1 center font ',13' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#42618e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,430' at 4,2 center font ',13' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#355686' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,000' at 4,3 center font ',13' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#274a7e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '6,530' at 4,4 center font ',13' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#2e4f81' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4,610' at 4,5 center font ',13' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#325384' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3,620' at 4,6 center font ',13' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#2b4e80' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '5,200' at 4,7 center font ',13' textcolor rgb '#ffffff' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  set lmargin at screen 0.15
  set rmargin at screen 0.96
  set tmargin at screen 0.307927
  set bmargin at screen 0.0762195
  set xrange [-0.5:4.5]
  set xtics ('2500' 0, '5000' 1, '10000' 2, '20000' 3, '40000' 4) scale 0
  set xlabel 'workload:nginx.rate_per_s'
  set yrange [-0.5:7.5]
  set ytics ('1' 0, '2' 1, '5' 2, '10' 3, '20' 4, '50' 5, '100' 6, '200' 7) scale 0
  set ylabel 'workload:utilities.rate_per_s'
  set label 'proposed' at screen 0.15, screen 0.318598 left font ',16'
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 0,0 center font ',13' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,1 center font ',13' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 0,2 center font ',13' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0351' at 0,3 center font ',13' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,4 center font ',13' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,5 center font ',13' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 0,6 center font ',13' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0338' at 0,7 center font ',13' textcolor rgb '#000000' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 1,0 center font ',13' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 1,1 center font ',13' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 1,2 center font ',13' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0351' at 1,3 center font ',13' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 1,4 center font ',13' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 1,5 center font ',13' textcolor rgb '#000000' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 1,6 center font ',13' textcolor rgb '#000000' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0352' at 1,7 center font ',13' textcolor rgb '#000000' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 2,0 center font ',13' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 2,1 center font ',13' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0347' at 2,2 center font ',13' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0351' at 2,3 center font ',13' textcolor rgb '#000000' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 2,4 center font ',13' textcolor rgb '#000000' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 2,5 center font ',13' textcolor rgb '#000000' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 2,6 center font ',13' textcolor rgb '#000000' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0338' at 2,7 center font ',13' textcolor rgb '#000000' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,0 center font ',13' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,1 center font ',13' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,2 center font ',13' textcolor rgb '#000000' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,3 center font ',13' textcolor rgb '#000000' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,4 center font ',13' textcolor rgb '#000000' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,5 center font ',13' textcolor rgb '#000000' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#fefefe' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0342' at 3,6 center font ',13' textcolor rgb '#000000' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0338' at 3,7 center font ',13' textcolor rgb '#000000' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,0 center font ',13' textcolor rgb '#000000' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,1 center font ',13' textcolor rgb '#000000' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,2 center font ',13' textcolor rgb '#000000' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,3 center font ',13' textcolor rgb '#000000' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,4 center font ',13' textcolor rgb '#000000' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,5 center font ',13' textcolor rgb '#000000' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,6 center font ',13' textcolor rgb '#000000' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#fdfdfd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.0374' at 4,7 center font ',13' textcolor rgb '#000000' front
  unset key
  unset grid
  plot NaN notitle
  unset label
  unset object
  unset multiplot
  unset output
}
