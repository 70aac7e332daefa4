# sweep-screen_frozen_s: screen_frozen_s.
# Draw it again with: gnuplot -d sweep-screen_frozen_s.gp
set encoding utf8
set tics nomirror
set border 3
set style textbox opaque noborder fillcolor rgb 'white' margins 0.4,0.4
set grid ytics linetype 1 linewidth 1 linecolor rgb '#e0e0e0'
do for [kind in 'svg png'] {
  if (kind eq 'svg') {
    set terminal svg size 1000,510 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-screen_frozen_s.svg'
  }
  if (kind eq 'png') {
    if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) { break }
    set terminal pngcairo size 1000,510 font 'sans,15' background rgb 'white' noenhanced
    set output 'sweep-screen_frozen_s.png'
  }
  set multiplot
  unset label
  unset arrow
  unset object
  unset logscale
  set ytics nomirror autofreq
  set label 'screen_frozen_s: at most 40 s, by freebsd-11 at rate of nginx = 40000 per s, rate of' at screen 0.5, screen 0.964706 center font ',16' textcolor rgb '#000000'
  set label 'utilities = 100 per s; 5.83 s by current (freebsd-12.0); 0 by proposed (freebsd-12.2)' at screen 0.5, screen 0.911765 center font ',16' textcolor rgb '#000000'
  set label 'screen: time in which it missed its deadline, s; less is better; mean of replications' at screen 0.5, screen 0.862745 center font ',13' textcolor rgb '#505050'
  set label 'pcbsim 0.2.0 (b1c005f38fe6, sources ef9daf898948), sweep sweep-freeze, replications 8, scenario digest 465e35c87710' at screen 0.99, screen 0.0235294 right font ',11' textcolor rgb '#505050'
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
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#90a2bc' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.64' at 0,7 center font ',11' textcolor rgb '#000000' front
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
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#143a72' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '29.5' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 1,7 center font ',11' textcolor rgb '#ffffff' front
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
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#0b336d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '36.7' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.8' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,0 center font ',11' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,1 center font ',11' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,2 center font ',11' textcolor rgb '#000000' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#d8dee7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.304' at 3,3 center font ',11' textcolor rgb '#000000' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#103770' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '32.7' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.7' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,0 center font ',11' textcolor rgb '#000000' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#e6eaf0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.219' at 4,1 center font ',11' textcolor rgb '#000000' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#567199' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '6.41' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#0b336d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '36.8' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.7' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39.9' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#072f6a' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '40' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '40' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#dbe1e9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.28' at 1,7 center font ',11' textcolor rgb '#000000' front
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
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#90a2bd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.62' at 2,5 center font ',11' textcolor rgb '#000000' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#8a9db9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.87' at 2,6 center font ',11' textcolor rgb '#000000' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#8699b6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2.07' at 2,7 center font ',11' textcolor rgb '#000000' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,0 center font ',11' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,1 center font ',11' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,2 center font ',11' textcolor rgb '#000000' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 3,3 center font ',11' textcolor rgb '#000000' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#8094b2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2.4' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#738aab' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '3.19' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#7e93b2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2.48' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#637ca1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.66' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,0 center font ',11' textcolor rgb '#000000' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 4,1 center font ',11' textcolor rgb '#000000' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#97a8c1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.38' at 4,2 center font ',11' textcolor rgb '#000000' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#5a749c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '5.83' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#647da2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.59' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#5e789e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '5.24' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#5c769d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '5.54' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#627ba0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.85' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
