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
  set label 'console_max_ms: at most 39.9 s, by freebsd-11 at rate of nginx = 40000 per s, rate of' at screen 0.5, screen 0.964706 center font ',16' textcolor rgb '#000000'
  set label 'utilities = 100 per s; 2.81 s by current (freebsd-12.0); 0 by proposed (freebsd-12.2)' at screen 0.5, screen 0.911765 center font ',16' textcolor rgb '#000000'
  set label 'lag of the first observer: the latest tick, ms; less is better; mean of replications' at screen 0.5, screen 0.862745 center font ',13' textcolor rgb '#505050'
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
  set object 1 rectangle from -0.5,-0.5 to 0.5,0.5 behind fillcolor rgb '#cbd3e0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.12' at 0,0 center font ',11' textcolor rgb '#000000' front
  set object 2 rectangle from -0.5,0.5 to 0.5,1.5 behind fillcolor rgb '#dce1ea' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.45' at 0,1 center font ',11' textcolor rgb '#000000' front
  set object 3 rectangle from -0.5,1.5 to 0.5,2.5 behind fillcolor rgb '#ced6e2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.932' at 0,2 center font ',11' textcolor rgb '#000000' front
  set object 4 rectangle from -0.5,2.5 to 0.5,3.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,3 center font ',11' textcolor rgb '#000000' front
  set object 5 rectangle from -0.5,3.5 to 0.5,4.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,4 center font ',11' textcolor rgb '#000000' front
  set object 6 rectangle from -0.5,4.5 to 0.5,5.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,5 center font ',11' textcolor rgb '#000000' front
  set object 7 rectangle from -0.5,5.5 to 0.5,6.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 0,6 center font ',11' textcolor rgb '#000000' front
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#43618e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,670' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#a5b4c9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '8.27' at 1,0 center font ',11' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#a1b0c6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10.6' at 1,1 center font ',11' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#9cacc4' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '13.6' at 1,2 center font ',11' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#99a9c1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '16.6' at 1,3 center font ',11' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#8b9eb9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '34.4' at 1,4 center font ',11' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#7b90b0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '81.1' at 1,5 center font ',11' textcolor rgb '#ffffff' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#204479' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '10,700' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,700' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#91a3bd' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '25' at 2,0 center font ',11' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#8a9db9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '35.6' at 2,1 center font ',11' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#869ab7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '44' at 2,2 center font ',11' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#7f94b2' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '63.9' at 2,3 center font ',11' textcolor rgb '#ffffff' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#7289aa' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '131' at 2,4 center font ',11' textcolor rgb '#ffffff' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#0c346d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '30,600' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,900' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#798faf' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '89.9' at 3,0 center font ',11' textcolor rgb '#ffffff' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#788eae' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '95.1' at 3,1 center font ',11' textcolor rgb '#ffffff' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#6d85a8' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '169' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#5a759c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '473' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#143a72' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '20,600' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,500' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,900' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,900' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#637ca1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '290' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#5d779e' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '411' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#476490' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,340' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#0c346d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '30,700' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '38,900' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,800' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,900' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#08306b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '39,900' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
  set object 8 rectangle from -0.5,6.5 to 0.5,7.5 behind fillcolor rgb '#778dad' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '102' at 0,7 center font ',11' textcolor rgb '#ffffff' front
  set object 9 rectangle from 0.5,-0.5 to 1.5,0.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,0 center font ',11' textcolor rgb '#000000' front
  set object 10 rectangle from 0.5,0.5 to 1.5,1.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,1 center font ',11' textcolor rgb '#000000' front
  set object 11 rectangle from 0.5,1.5 to 1.5,2.5 behind fillcolor rgb '#ffffff' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0' at 1,2 center font ',11' textcolor rgb '#000000' front
  set object 12 rectangle from 0.5,2.5 to 1.5,3.5 behind fillcolor rgb '#e6eaf0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.262' at 1,3 center font ',11' textcolor rgb '#000000' front
  set object 13 rectangle from 0.5,3.5 to 1.5,4.5 behind fillcolor rgb '#e4e8ef' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.29' at 1,4 center font ',11' textcolor rgb '#000000' front
  set object 14 rectangle from 0.5,4.5 to 1.5,5.5 behind fillcolor rgb '#93a5be' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '21.7' at 1,5 center font ',11' textcolor rgb '#000000' front
  set object 15 rectangle from 0.5,5.5 to 1.5,6.5 behind fillcolor rgb '#6981a5' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '211' at 1,6 center font ',11' textcolor rgb '#ffffff' front
  set object 16 rectangle from 0.5,6.5 to 1.5,7.5 behind fillcolor rgb '#5b769d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '441' at 1,7 center font ',11' textcolor rgb '#ffffff' front
  set object 17 rectangle from 1.5,-0.5 to 2.5,0.5 behind fillcolor rgb '#ccd4e0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1.04' at 2,0 center font ',11' textcolor rgb '#000000' front
  set object 18 rectangle from 1.5,0.5 to 2.5,1.5 behind fillcolor rgb '#d0d8e3' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '0.826' at 2,1 center font ',11' textcolor rgb '#000000' front
  set object 19 rectangle from 1.5,1.5 to 2.5,2.5 behind fillcolor rgb '#b2bed1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.28' at 2,2 center font ',11' textcolor rgb '#000000' front
  set object 20 rectangle from 1.5,2.5 to 2.5,3.5 behind fillcolor rgb '#a7b6ca' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '7.43' at 2,3 center font ',11' textcolor rgb '#000000' front
  set object 21 rectangle from 1.5,3.5 to 2.5,4.5 behind fillcolor rgb '#8b9eb9' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '34.6' at 2,4 center font ',11' textcolor rgb '#000000' front
  set object 22 rectangle from 1.5,4.5 to 2.5,5.5 behind fillcolor rgb '#4f6b95' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '880' at 2,5 center font ',11' textcolor rgb '#ffffff' front
  set object 23 rectangle from 1.5,5.5 to 2.5,6.5 behind fillcolor rgb '#4c6993' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,030' at 2,6 center font ',11' textcolor rgb '#ffffff' front
  set object 24 rectangle from 1.5,6.5 to 2.5,7.5 behind fillcolor rgb '#4c6994' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,010' at 2,7 center font ',11' textcolor rgb '#ffffff' front
  set object 25 rectangle from 2.5,-0.5 to 3.5,0.5 behind fillcolor rgb '#b0bdd0' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '4.66' at 3,0 center font ',11' textcolor rgb '#000000' front
  set object 26 rectangle from 2.5,0.5 to 3.5,1.5 behind fillcolor rgb '#a0afc6' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '11.3' at 3,1 center font ',11' textcolor rgb '#000000' front
  set object 27 rectangle from 2.5,1.5 to 3.5,2.5 behind fillcolor rgb '#7e93b1' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '70.3' at 3,2 center font ',11' textcolor rgb '#ffffff' front
  set object 28 rectangle from 2.5,2.5 to 3.5,3.5 behind fillcolor rgb '#6c83a7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '184' at 3,3 center font ',11' textcolor rgb '#ffffff' front
  set object 29 rectangle from 2.5,3.5 to 3.5,4.5 behind fillcolor rgb '#456390' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,440' at 3,4 center font ',11' textcolor rgb '#ffffff' front
  set object 30 rectangle from 2.5,4.5 to 3.5,5.5 behind fillcolor rgb '#44628f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,580' at 3,5 center font ',11' textcolor rgb '#ffffff' front
  set object 31 rectangle from 2.5,5.5 to 3.5,6.5 behind fillcolor rgb '#45638f' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,450' at 3,6 center font ',11' textcolor rgb '#ffffff' front
  set object 32 rectangle from 2.5,6.5 to 3.5,7.5 behind fillcolor rgb '#42608d' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '1,770' at 3,7 center font ',11' textcolor rgb '#ffffff' front
  set object 33 rectangle from 3.5,-0.5 to 4.5,0.5 behind fillcolor rgb '#758bac' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '111' at 4,0 center font ',11' textcolor rgb '#ffffff' front
  set object 34 rectangle from 3.5,0.5 to 4.5,1.5 behind fillcolor rgb '#6c84a7' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '178' at 4,1 center font ',11' textcolor rgb '#ffffff' front
  set object 35 rectangle from 3.5,1.5 to 4.5,2.5 behind fillcolor rgb '#506c96' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '809' at 4,2 center font ',11' textcolor rgb '#ffffff' front
  set object 36 rectangle from 3.5,2.5 to 4.5,3.5 behind fillcolor rgb '#3e5d8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,100' at 4,3 center font ',11' textcolor rgb '#ffffff' front
  set object 37 rectangle from 3.5,3.5 to 4.5,4.5 behind fillcolor rgb '#3d5c8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,240' at 4,4 center font ',11' textcolor rgb '#ffffff' front
  set object 38 rectangle from 3.5,4.5 to 4.5,5.5 behind fillcolor rgb '#3f5e8c' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,070' at 4,5 center font ',11' textcolor rgb '#ffffff' front
  set object 39 rectangle from 3.5,5.5 to 4.5,6.5 behind fillcolor rgb '#395988' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,810' at 4,6 center font ',11' textcolor rgb '#ffffff' front
  set object 40 rectangle from 3.5,6.5 to 4.5,7.5 behind fillcolor rgb '#3e5d8b' fillstyle solid 1 border linecolor rgb '#ffffff'
  set label '2,110' at 4,7 center font ',11' textcolor rgb '#ffffff' front
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
