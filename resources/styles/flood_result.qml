<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="0" autoRefreshMode="Disabled" autoRefreshTime="0" minScale="1e+08" version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms|MapTips|Rendering" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <mesh-renderer-settings>
    <active-dataset-group scalar="0" vector="1"/>
    <scalar-settings interpolation-method="no-resampling" min-val="0.050000000000000003" max-val="2" group="0" opacity="0.80000000000000004">
      <colorrampshader clip="0" minimumValue="0.050000000000000003" maximumValue="2" colorRampType="DISCRETE" classificationMode="1" labelPrecision="6">
        <item alpha="0" value="0.05" color="#ffffff" label=""/>
        <item alpha="255" value="0.15" color="#cfe3f5" label="0.05 – 0.15 m"/>
        <item alpha="255" value="0.3" color="#9cc7e8" label="0.15 – 0.30 m, a lane is closed"/>
        <item alpha="255" value="0.5" color="#5ba3d6" label="0.30 – 0.50 m, a road is closed"/>
        <item alpha="255" value="1" color="#2b7bba" label="0.50 – 1.00 m, people in danger"/>
        <item alpha="255" value="2" color="#115292" label="1.00 – 2.00 m"/>
        <item alpha="255" value="inf" color="#08264f" label="2.00 m and more"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0.20000000298023224" ignore-out-of-range="0" width-varying="0" maximum-value="0.40000000596046448" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0" max-val="0" group="1" opacity="1">
      <colorrampshader clip="0" minimumValue="0" maximumValue="0" colorRampType="INTERPOLATED" classificationMode="1" labelPrecision="6">
        <colorramp type="gradient" name="[source]">
          <Option type="Map">
            <Option type="QString" name="color1" value="13,8,135,255,rgb:0.05098039215686274,0.03137254901960784,0.52941176470588236,1"/>
            <Option type="QString" name="color2" value="240,249,33,255,rgb:0.94117647058823528,0.97647058823529409,0.12941176470588237,1"/>
            <Option type="QString" name="direction" value="ccw"/>
            <Option type="QString" name="discrete" value="0"/>
            <Option type="QString" name="rampType" value="gradient"/>
            <Option type="QString" name="spec" value="rgb"/>
            <Option type="QString" name="stops" value="0.0196078;27,6,141,255,rgb:0.10588235294117647,0.02352941176470588,0.55294117647058827,1;rgb;ccw:0.0392157;38,5,145,255,rgb:0.14901960784313725,0.0196078431372549,0.56862745098039214,1;rgb;ccw:0.0588235;47,5,150,255,rgb:0.18431372549019609,0.0196078431372549,0.58823529411764708,1;rgb;ccw:0.0784314;56,4,154,255,rgb:0.2196078431372549,0.01568627450980392,0.60392156862745094,1;rgb;ccw:0.0980392;65,4,157,255,rgb:0.25490196078431371,0.01568627450980392,0.61568627450980395,1;rgb;ccw:0.117647;73,3,160,255,rgb:0.28627450980392155,0.01176470588235294,0.62745098039215685,1;rgb;ccw:0.137255;81,2,163,255,rgb:0.31764705882352939,0.00784313725490196,0.63921568627450975,1;rgb;ccw:0.156863;89,1,165,255,rgb:0.34901960784313724,0.00392156862745098,0.6470588235294118,1;rgb;ccw:0.176471;97,0,167,255,rgb:0.38039215686274508,0,0.65490196078431373,1;rgb;ccw:0.196078;105,0,168,255,rgb:0.41176470588235292,0,0.6588235294117647,1;rgb;ccw:0.215686;113,0,168,255,rgb:0.44313725490196076,0,0.6588235294117647,1;rgb;ccw:0.235294;120,1,168,255,rgb:0.47058823529411764,0.00392156862745098,0.6588235294117647,1;rgb;ccw:0.254902;128,4,168,255,rgb:0.50196078431372548,0.01568627450980392,0.6588235294117647,1;rgb;ccw:0.27451;135,7,166,255,rgb:0.52941176470588236,0.02745098039215686,0.65098039215686276,1;rgb;ccw:0.294118;142,12,164,255,rgb:0.55686274509803924,0.04705882352941176,0.64313725490196083,1;rgb;ccw:0.313725;149,17,161,255,rgb:0.58431372549019611,0.06666666666666667,0.63137254901960782,1;rgb;ccw:0.333333;156,23,158,255,rgb:0.61176470588235299,0.09019607843137255,0.61960784313725492,1;rgb;ccw:0.352941;162,29,154,255,rgb:0.63529411764705879,0.11372549019607843,0.60392156862745094,1;rgb;ccw:0.372549;168,34,150,255,rgb:0.6588235294117647,0.13333333333333333,0.58823529411764708,1;rgb;ccw:0.392157;174,40,146,255,rgb:0.68235294117647061,0.15686274509803921,0.5725490196078431,1;rgb;ccw:0.411765;180,46,141,255,rgb:0.70588235294117652,0.1803921568627451,0.55294117647058827,1;rgb;ccw:0.431373;186,51,136,255,rgb:0.72941176470588232,0.20000000000000001,0.53333333333333333,1;rgb;ccw:0.45098;191,57,132,255,rgb:0.74901960784313726,0.22352941176470589,0.51764705882352946,1;rgb;ccw:0.470588;196,62,127,255,rgb:0.7686274509803922,0.24313725490196078,0.49803921568627452,1;rgb;ccw:0.490196;201,68,122,255,rgb:0.78823529411764703,0.26666666666666666,0.47843137254901963,1;rgb;ccw:0.509804;205,74,118,255,rgb:0.80392156862745101,0.29019607843137257,0.46274509803921571,1;rgb;ccw:0.529412;210,79,113,255,rgb:0.82352941176470584,0.30980392156862746,0.44313725490196076,1;rgb;ccw:0.54902;214,85,109,255,rgb:0.83921568627450982,0.33333333333333331,0.42745098039215684,1;rgb;ccw:0.568627;218,91,105,255,rgb:0.85490196078431369,0.35686274509803922,0.41176470588235292,1;rgb;ccw:0.588235;222,97,100,255,rgb:0.87058823529411766,0.38039215686274508,0.39215686274509803,1;rgb;ccw:0.607843;226,102,96,255,rgb:0.88627450980392153,0.40000000000000002,0.37647058823529411,1;rgb;ccw:0.627451;230,108,92,255,rgb:0.90196078431372551,0.42352941176470588,0.36078431372549019,1;rgb;ccw:0.647059;233,114,87,255,rgb:0.9137254901960784,0.44705882352941179,0.3411764705882353,1;rgb;ccw:0.666667;237,121,83,255,rgb:0.92941176470588238,0.47450980392156861,0.32549019607843138,1;rgb;ccw:0.686275;240,127,79,255,rgb:0.94117647058823528,0.49803921568627452,0.30980392156862746,1;rgb;ccw:0.705882;243,133,75,255,rgb:0.95294117647058818,0.52156862745098043,0.29411764705882354,1;rgb;ccw:0.72549;245,140,70,255,rgb:0.96078431372549022,0.5490196078431373,0.27450980392156865,1;rgb;ccw:0.745098;247,147,66,255,rgb:0.96862745098039216,0.57647058823529407,0.25882352941176473,1;rgb;ccw:0.764706;249,154,62,255,rgb:0.97647058823529409,0.60392156862745094,0.24313725490196078,1;rgb;ccw:0.784314;251,161,57,255,rgb:0.98431372549019602,0.63137254901960782,0.22352941176470589,1;rgb;ccw:0.803922;252,168,53,255,rgb:0.9882352941176471,0.6588235294117647,0.20784313725490197,1;rgb;ccw:0.823529;253,175,49,255,rgb:0.99215686274509807,0.68627450980392157,0.19215686274509805,1;rgb;ccw:0.843137;254,183,45,255,rgb:0.99607843137254903,0.71764705882352942,0.17647058823529413,1;rgb;ccw:0.862745;254,190,42,255,rgb:0.99607843137254903,0.74509803921568629,0.16470588235294117,1;rgb;ccw:0.882353;253,198,39,255,rgb:0.99215686274509807,0.77647058823529413,0.15294117647058825,1;rgb;ccw:0.901961;252,206,37,255,rgb:0.9882352941176471,0.80784313725490198,0.14509803921568629,1;rgb;ccw:0.921569;251,215,36,255,rgb:0.98431372549019602,0.84313725490196079,0.14117647058823529,1;rgb;ccw:0.941176;248,223,37,255,rgb:0.97254901960784312,0.87450980392156863,0.14509803921568629,1;rgb;ccw:0.960784;246,232,38,255,rgb:0.96470588235294119,0.90980392156862744,0.14901960784313725,1;rgb;ccw:0.980392;243,240,39,255,rgb:0.95294117647058818,0.94117647058823528,0.15294117647058825,1;rgb;ccw"/>
          </Option>
        </colorramp>
        <item alpha="255" value="0" color="#0d0887" label="0"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0" ignore-out-of-range="0" width-varying="0" maximum-value="0" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0.20000000298023224" max-val="0.40000000596046448" group="2" opacity="1">
      <colorrampshader clip="0" minimumValue="0.20000000298023224" maximumValue="0.40000000596046448" colorRampType="INTERPOLATED" classificationMode="1" labelPrecision="6">
        <colorramp type="gradient" name="[source]">
          <Option type="Map">
            <Option type="QString" name="color1" value="13,8,135,255,rgb:0.05098039215686274,0.03137254901960784,0.52941176470588236,1"/>
            <Option type="QString" name="color2" value="240,249,33,255,rgb:0.94117647058823528,0.97647058823529409,0.12941176470588237,1"/>
            <Option type="QString" name="direction" value="ccw"/>
            <Option type="QString" name="discrete" value="0"/>
            <Option type="QString" name="rampType" value="gradient"/>
            <Option type="QString" name="spec" value="rgb"/>
            <Option type="QString" name="stops" value="0.0196078;27,6,141,255,rgb:0.10588235294117647,0.02352941176470588,0.55294117647058827,1;rgb;ccw:0.0392157;38,5,145,255,rgb:0.14901960784313725,0.0196078431372549,0.56862745098039214,1;rgb;ccw:0.0588235;47,5,150,255,rgb:0.18431372549019609,0.0196078431372549,0.58823529411764708,1;rgb;ccw:0.0784314;56,4,154,255,rgb:0.2196078431372549,0.01568627450980392,0.60392156862745094,1;rgb;ccw:0.0980392;65,4,157,255,rgb:0.25490196078431371,0.01568627450980392,0.61568627450980395,1;rgb;ccw:0.117647;73,3,160,255,rgb:0.28627450980392155,0.01176470588235294,0.62745098039215685,1;rgb;ccw:0.137255;81,2,163,255,rgb:0.31764705882352939,0.00784313725490196,0.63921568627450975,1;rgb;ccw:0.156863;89,1,165,255,rgb:0.34901960784313724,0.00392156862745098,0.6470588235294118,1;rgb;ccw:0.176471;97,0,167,255,rgb:0.38039215686274508,0,0.65490196078431373,1;rgb;ccw:0.196078;105,0,168,255,rgb:0.41176470588235292,0,0.6588235294117647,1;rgb;ccw:0.215686;113,0,168,255,rgb:0.44313725490196076,0,0.6588235294117647,1;rgb;ccw:0.235294;120,1,168,255,rgb:0.47058823529411764,0.00392156862745098,0.6588235294117647,1;rgb;ccw:0.254902;128,4,168,255,rgb:0.50196078431372548,0.01568627450980392,0.6588235294117647,1;rgb;ccw:0.27451;135,7,166,255,rgb:0.52941176470588236,0.02745098039215686,0.65098039215686276,1;rgb;ccw:0.294118;142,12,164,255,rgb:0.55686274509803924,0.04705882352941176,0.64313725490196083,1;rgb;ccw:0.313725;149,17,161,255,rgb:0.58431372549019611,0.06666666666666667,0.63137254901960782,1;rgb;ccw:0.333333;156,23,158,255,rgb:0.61176470588235299,0.09019607843137255,0.61960784313725492,1;rgb;ccw:0.352941;162,29,154,255,rgb:0.63529411764705879,0.11372549019607843,0.60392156862745094,1;rgb;ccw:0.372549;168,34,150,255,rgb:0.6588235294117647,0.13333333333333333,0.58823529411764708,1;rgb;ccw:0.392157;174,40,146,255,rgb:0.68235294117647061,0.15686274509803921,0.5725490196078431,1;rgb;ccw:0.411765;180,46,141,255,rgb:0.70588235294117652,0.1803921568627451,0.55294117647058827,1;rgb;ccw:0.431373;186,51,136,255,rgb:0.72941176470588232,0.20000000000000001,0.53333333333333333,1;rgb;ccw:0.45098;191,57,132,255,rgb:0.74901960784313726,0.22352941176470589,0.51764705882352946,1;rgb;ccw:0.470588;196,62,127,255,rgb:0.7686274509803922,0.24313725490196078,0.49803921568627452,1;rgb;ccw:0.490196;201,68,122,255,rgb:0.78823529411764703,0.26666666666666666,0.47843137254901963,1;rgb;ccw:0.509804;205,74,118,255,rgb:0.80392156862745101,0.29019607843137257,0.46274509803921571,1;rgb;ccw:0.529412;210,79,113,255,rgb:0.82352941176470584,0.30980392156862746,0.44313725490196076,1;rgb;ccw:0.54902;214,85,109,255,rgb:0.83921568627450982,0.33333333333333331,0.42745098039215684,1;rgb;ccw:0.568627;218,91,105,255,rgb:0.85490196078431369,0.35686274509803922,0.41176470588235292,1;rgb;ccw:0.588235;222,97,100,255,rgb:0.87058823529411766,0.38039215686274508,0.39215686274509803,1;rgb;ccw:0.607843;226,102,96,255,rgb:0.88627450980392153,0.40000000000000002,0.37647058823529411,1;rgb;ccw:0.627451;230,108,92,255,rgb:0.90196078431372551,0.42352941176470588,0.36078431372549019,1;rgb;ccw:0.647059;233,114,87,255,rgb:0.9137254901960784,0.44705882352941179,0.3411764705882353,1;rgb;ccw:0.666667;237,121,83,255,rgb:0.92941176470588238,0.47450980392156861,0.32549019607843138,1;rgb;ccw:0.686275;240,127,79,255,rgb:0.94117647058823528,0.49803921568627452,0.30980392156862746,1;rgb;ccw:0.705882;243,133,75,255,rgb:0.95294117647058818,0.52156862745098043,0.29411764705882354,1;rgb;ccw:0.72549;245,140,70,255,rgb:0.96078431372549022,0.5490196078431373,0.27450980392156865,1;rgb;ccw:0.745098;247,147,66,255,rgb:0.96862745098039216,0.57647058823529407,0.25882352941176473,1;rgb;ccw:0.764706;249,154,62,255,rgb:0.97647058823529409,0.60392156862745094,0.24313725490196078,1;rgb;ccw:0.784314;251,161,57,255,rgb:0.98431372549019602,0.63137254901960782,0.22352941176470589,1;rgb;ccw:0.803922;252,168,53,255,rgb:0.9882352941176471,0.6588235294117647,0.20784313725490197,1;rgb;ccw:0.823529;253,175,49,255,rgb:0.99215686274509807,0.68627450980392157,0.19215686274509805,1;rgb;ccw:0.843137;254,183,45,255,rgb:0.99607843137254903,0.71764705882352942,0.17647058823529413,1;rgb;ccw:0.862745;254,190,42,255,rgb:0.99607843137254903,0.74509803921568629,0.16470588235294117,1;rgb;ccw:0.882353;253,198,39,255,rgb:0.99215686274509807,0.77647058823529413,0.15294117647058825,1;rgb;ccw:0.901961;252,206,37,255,rgb:0.9882352941176471,0.80784313725490198,0.14509803921568629,1;rgb;ccw:0.921569;251,215,36,255,rgb:0.98431372549019602,0.84313725490196079,0.14117647058823529,1;rgb;ccw:0.941176;248,223,37,255,rgb:0.97254901960784312,0.87450980392156863,0.14509803921568629,1;rgb;ccw:0.960784;246,232,38,255,rgb:0.96470588235294119,0.90980392156862744,0.14901960784313725,1;rgb;ccw:0.980392;243,240,39,255,rgb:0.95294117647058818,0.94117647058823528,0.15294117647058825,1;rgb;ccw"/>
          </Option>
        </colorramp>
        <item alpha="255" value="0.200000002980232" color="#0d0887" label="0.2"/>
        <item alpha="255" value="0.203921563038668" color="#1b068d" label="0.204"/>
        <item alpha="255" value="0.207843143097104" color="#260591" label="0.208"/>
        <item alpha="255" value="0.21176470315554" color="#2f0596" label="0.212"/>
        <item alpha="255" value="0.215686283213976" color="#38049a" label="0.216"/>
        <item alpha="255" value="0.219607843272412" color="#41049d" label="0.22"/>
        <item alpha="255" value="0.223529403330848" color="#4903a0" label="0.224"/>
        <item alpha="255" value="0.227451003389284" color="#5102a3" label="0.227"/>
        <item alpha="255" value="0.23137260344772" color="#5901a5" label="0.231"/>
        <item alpha="255" value="0.235294203506157" color="#6100a7" label="0.235"/>
        <item alpha="255" value="0.23921560356459" color="#6900a8" label="0.239"/>
        <item alpha="255" value="0.243137203623027" color="#7100a8" label="0.243"/>
        <item alpha="255" value="0.247058803681463" color="#7801a8" label="0.247"/>
        <item alpha="255" value="0.250980403739899" color="#8004a8" label="0.251"/>
        <item alpha="255" value="0.254902003798336" color="#8707a6" label="0.255"/>
        <item alpha="255" value="0.258823603856772" color="#8e0ca4" label="0.259"/>
        <item alpha="255" value="0.262745003915206" color="#9511a1" label="0.263"/>
        <item alpha="255" value="0.266666603973642" color="#9c179e" label="0.267"/>
        <item alpha="255" value="0.270588204032078" color="#a21d9a" label="0.271"/>
        <item alpha="255" value="0.274509804090515" color="#a82296" label="0.275"/>
        <item alpha="255" value="0.278431404148951" color="#ae2892" label="0.278"/>
        <item alpha="255" value="0.282353004207388" color="#b42e8d" label="0.282"/>
        <item alpha="255" value="0.286274604265824" color="#ba3388" label="0.286"/>
        <item alpha="255" value="0.290196004324257" color="#bf3984" label="0.29"/>
        <item alpha="255" value="0.294117604382694" color="#c43e7f" label="0.294"/>
        <item alpha="255" value="0.29803920444113" color="#c9447a" label="0.298"/>
        <item alpha="255" value="0.301960804499567" color="#cd4a76" label="0.302"/>
        <item alpha="255" value="0.305882404558003" color="#d24f71" label="0.306"/>
        <item alpha="255" value="0.309804004616439" color="#d6556d" label="0.31"/>
        <item alpha="255" value="0.313725404674873" color="#da5b69" label="0.314"/>
        <item alpha="255" value="0.317647004733309" color="#de6164" label="0.318"/>
        <item alpha="255" value="0.321568604791746" color="#e26660" label="0.322"/>
        <item alpha="255" value="0.325490204850182" color="#e66c5c" label="0.325"/>
        <item alpha="255" value="0.329411804908618" color="#e97257" label="0.329"/>
        <item alpha="255" value="0.333333404967055" color="#ed7953" label="0.333"/>
        <item alpha="255" value="0.337255005025491" color="#f07f4f" label="0.337"/>
        <item alpha="255" value="0.341176405083925" color="#f3854b" label="0.341"/>
        <item alpha="255" value="0.345098005142361" color="#f58c46" label="0.345"/>
        <item alpha="255" value="0.349019605200797" color="#f79342" label="0.349"/>
        <item alpha="255" value="0.352941205259234" color="#f99a3e" label="0.353"/>
        <item alpha="255" value="0.35686280531767" color="#fba139" label="0.357"/>
        <item alpha="255" value="0.360784405376107" color="#fca835" label="0.361"/>
        <item alpha="255" value="0.36470580543454" color="#fdaf31" label="0.365"/>
        <item alpha="255" value="0.368627405492976" color="#feb72d" label="0.369"/>
        <item alpha="255" value="0.372549005551413" color="#febe2a" label="0.373"/>
        <item alpha="255" value="0.376470605609849" color="#fdc627" label="0.376"/>
        <item alpha="255" value="0.380392205668285" color="#fcce25" label="0.38"/>
        <item alpha="255" value="0.384313805726722" color="#fbd724" label="0.384"/>
        <item alpha="255" value="0.388235205785155" color="#f8df25" label="0.388"/>
        <item alpha="255" value="0.392156805843592" color="#f6e826" label="0.392"/>
        <item alpha="255" value="0.396078405902028" color="#f3f027" label="0.396"/>
        <item alpha="255" value="0.400000005960464" color="#f0f921" label="0.4"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0.20000000298023224" ignore-out-of-range="0" width-varying="0" maximum-value="0.40000000596046448" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0" max-val="0" group="3" opacity="1">
      <colorrampshader clip="0" minimumValue="0" maximumValue="0" colorRampType="INTERPOLATED" classificationMode="1" labelPrecision="6">
        <colorramp type="gradient" name="[source]">
          <Option type="Map">
            <Option type="QString" name="color1" value="13,8,135,255,rgb:0.05098039215686274,0.03137254901960784,0.52941176470588236,1"/>
            <Option type="QString" name="color2" value="240,249,33,255,rgb:0.94117647058823528,0.97647058823529409,0.12941176470588237,1"/>
            <Option type="QString" name="direction" value="ccw"/>
            <Option type="QString" name="discrete" value="0"/>
            <Option type="QString" name="rampType" value="gradient"/>
            <Option type="QString" name="spec" value="rgb"/>
            <Option type="QString" name="stops" value="0.0196078;27,6,141,255,rgb:0.10588235294117647,0.02352941176470588,0.55294117647058827,1;rgb;ccw:0.0392157;38,5,145,255,rgb:0.14901960784313725,0.0196078431372549,0.56862745098039214,1;rgb;ccw:0.0588235;47,5,150,255,rgb:0.18431372549019609,0.0196078431372549,0.58823529411764708,1;rgb;ccw:0.0784314;56,4,154,255,rgb:0.2196078431372549,0.01568627450980392,0.60392156862745094,1;rgb;ccw:0.0980392;65,4,157,255,rgb:0.25490196078431371,0.01568627450980392,0.61568627450980395,1;rgb;ccw:0.117647;73,3,160,255,rgb:0.28627450980392155,0.01176470588235294,0.62745098039215685,1;rgb;ccw:0.137255;81,2,163,255,rgb:0.31764705882352939,0.00784313725490196,0.63921568627450975,1;rgb;ccw:0.156863;89,1,165,255,rgb:0.34901960784313724,0.00392156862745098,0.6470588235294118,1;rgb;ccw:0.176471;97,0,167,255,rgb:0.38039215686274508,0,0.65490196078431373,1;rgb;ccw:0.196078;105,0,168,255,rgb:0.41176470588235292,0,0.6588235294117647,1;rgb;ccw:0.215686;113,0,168,255,rgb:0.44313725490196076,0,0.6588235294117647,1;rgb;ccw:0.235294;120,1,168,255,rgb:0.47058823529411764,0.00392156862745098,0.6588235294117647,1;rgb;ccw:0.254902;128,4,168,255,rgb:0.50196078431372548,0.01568627450980392,0.6588235294117647,1;rgb;ccw:0.27451;135,7,166,255,rgb:0.52941176470588236,0.02745098039215686,0.65098039215686276,1;rgb;ccw:0.294118;142,12,164,255,rgb:0.55686274509803924,0.04705882352941176,0.64313725490196083,1;rgb;ccw:0.313725;149,17,161,255,rgb:0.58431372549019611,0.06666666666666667,0.63137254901960782,1;rgb;ccw:0.333333;156,23,158,255,rgb:0.61176470588235299,0.09019607843137255,0.61960784313725492,1;rgb;ccw:0.352941;162,29,154,255,rgb:0.63529411764705879,0.11372549019607843,0.60392156862745094,1;rgb;ccw:0.372549;168,34,150,255,rgb:0.6588235294117647,0.13333333333333333,0.58823529411764708,1;rgb;ccw:0.392157;174,40,146,255,rgb:0.68235294117647061,0.15686274509803921,0.5725490196078431,1;rgb;ccw:0.411765;180,46,141,255,rgb:0.70588235294117652,0.1803921568627451,0.55294117647058827,1;rgb;ccw:0.431373;186,51,136,255,rgb:0.72941176470588232,0.20000000000000001,0.53333333333333333,1;rgb;ccw:0.45098;191,57,132,255,rgb:0.74901960784313726,0.22352941176470589,0.51764705882352946,1;rgb;ccw:0.470588;196,62,127,255,rgb:0.7686274509803922,0.24313725490196078,0.49803921568627452,1;rgb;ccw:0.490196;201,68,122,255,rgb:0.78823529411764703,0.26666666666666666,0.47843137254901963,1;rgb;ccw:0.509804;205,74,118,255,rgb:0.80392156862745101,0.29019607843137257,0.46274509803921571,1;rgb;ccw:0.529412;210,79,113,255,rgb:0.82352941176470584,0.30980392156862746,0.44313725490196076,1;rgb;ccw:0.54902;214,85,109,255,rgb:0.83921568627450982,0.33333333333333331,0.42745098039215684,1;rgb;ccw:0.568627;218,91,105,255,rgb:0.85490196078431369,0.35686274509803922,0.41176470588235292,1;rgb;ccw:0.588235;222,97,100,255,rgb:0.87058823529411766,0.38039215686274508,0.39215686274509803,1;rgb;ccw:0.607843;226,102,96,255,rgb:0.88627450980392153,0.40000000000000002,0.37647058823529411,1;rgb;ccw:0.627451;230,108,92,255,rgb:0.90196078431372551,0.42352941176470588,0.36078431372549019,1;rgb;ccw:0.647059;233,114,87,255,rgb:0.9137254901960784,0.44705882352941179,0.3411764705882353,1;rgb;ccw:0.666667;237,121,83,255,rgb:0.92941176470588238,0.47450980392156861,0.32549019607843138,1;rgb;ccw:0.686275;240,127,79,255,rgb:0.94117647058823528,0.49803921568627452,0.30980392156862746,1;rgb;ccw:0.705882;243,133,75,255,rgb:0.95294117647058818,0.52156862745098043,0.29411764705882354,1;rgb;ccw:0.72549;245,140,70,255,rgb:0.96078431372549022,0.5490196078431373,0.27450980392156865,1;rgb;ccw:0.745098;247,147,66,255,rgb:0.96862745098039216,0.57647058823529407,0.25882352941176473,1;rgb;ccw:0.764706;249,154,62,255,rgb:0.97647058823529409,0.60392156862745094,0.24313725490196078,1;rgb;ccw:0.784314;251,161,57,255,rgb:0.98431372549019602,0.63137254901960782,0.22352941176470589,1;rgb;ccw:0.803922;252,168,53,255,rgb:0.9882352941176471,0.6588235294117647,0.20784313725490197,1;rgb;ccw:0.823529;253,175,49,255,rgb:0.99215686274509807,0.68627450980392157,0.19215686274509805,1;rgb;ccw:0.843137;254,183,45,255,rgb:0.99607843137254903,0.71764705882352942,0.17647058823529413,1;rgb;ccw:0.862745;254,190,42,255,rgb:0.99607843137254903,0.74509803921568629,0.16470588235294117,1;rgb;ccw:0.882353;253,198,39,255,rgb:0.99215686274509807,0.77647058823529413,0.15294117647058825,1;rgb;ccw:0.901961;252,206,37,255,rgb:0.9882352941176471,0.80784313725490198,0.14509803921568629,1;rgb;ccw:0.921569;251,215,36,255,rgb:0.98431372549019602,0.84313725490196079,0.14117647058823529,1;rgb;ccw:0.941176;248,223,37,255,rgb:0.97254901960784312,0.87450980392156863,0.14509803921568629,1;rgb;ccw:0.960784;246,232,38,255,rgb:0.96470588235294119,0.90980392156862744,0.14901960784313725,1;rgb;ccw:0.980392;243,240,39,255,rgb:0.95294117647058818,0.94117647058823528,0.15294117647058825,1;rgb;ccw"/>
          </Option>
        </colorramp>
        <item alpha="255" value="0" color="#0d0887" label="0"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0" ignore-out-of-range="0" width-varying="0" maximum-value="0" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <vector-settings symbology="0" user-grid-enabled="1" group="1" user-grid-width="19" user-grid-height="19" filter-min="0.10000000000000001" filter-max="-1" coloring-method="0" color="31,41,51,255,rgb:0.12156862745098039,0.16078431372549021,0.20000000000000001,1" line-width="0.22">
      <colorrampshader clip="0" minimumValue="0" maximumValue="255" colorRampType="INTERPOLATED" classificationMode="1" labelPrecision="6">
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <vector-arrow-settings arrow-head-width-ratio="0.25" arrow-head-length-ratio="0.40000000000000002">
        <shaft-length method="minmax" min="1.2" max="5.5"/>
      </vector-arrow-settings>
      <vector-streamline-settings seeding-density="0.14999999999999999" seeding-method="0"/>
      <vector-traces-settings maximum-tail-length="100" maximum-tail-length-unit="0" particles-count="1000"/>
      <vector-windbarb-settings shaft-length-units="0" magnitude-units="0" shaft-length="10" magnitude-multiplier="1"/>
    </vector-settings>
    <mesh-settings-native line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <mesh-settings-edge line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <mesh-settings-triangular line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <averaging-3d method="1">
      <sigma-settings end-fraction="1" start-fraction="0"/>
    </averaging-3d>
  </mesh-renderer-settings>
  <name-to-global-index name="depth" global-index="0"/>
  <name-to-global-index name="velocity" global-index="1"/>
  <name-to-global-index name="water level" global-index="2"/>
  <name-to-global-index name="z of the bed" global-index="3"/>
  <mesh-simplify-settings enabled="0" mesh-resolution="5" reduction-factor="10"/>
  <blendMode>0</blendMode>
  <layerOpacity>1</layerOpacity>
</qgis>
