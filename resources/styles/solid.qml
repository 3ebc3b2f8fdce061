<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis simplifyDrawingTol="1" labelsEnabled="0" simplifyLocal="1" autoRefreshMode="Disabled" simplifyDrawingHints="1" simplifyAlgorithm="0" autoRefreshTime="0" simplifyMaxScale="1" symbologyReferenceScale="-1" minScale="100000000" version="3.40.6-Bratislava" styleCategories="Symbology|Symbology3D|Labeling|Fields|Forms|MapTips|Rendering" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <renderer-3d type="rulebased" layer="">
    <vector-layer-3d-tiling zoom-levels-count="3" show-bounding-boxes="0"/>
    <rules key="{00000000-0000-4000-8000-000000000000}">
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcRoof')" key="{00000000-0000-4000-8000-000000000001}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="93,46,39,255,rgb:0.363256275272755,0.1816433966582742,0.1527275501640345,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="176,88,74,255,rgb:0.69019607843137254,0.34509803921568627,0.29019607843137257,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcSlab', 'IfcFooting', 'IfcPile', 'IfcPavement', 'IfcCourse', 'IfcKerb')" key="{00000000-0000-4000-8000-000000000002}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="81,86,90,255,rgb:0.31786068513008314,0.33643091477836273,0.35294117647058826,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="154,163,171,255,rgb:0.60392156862745094,0.63921568627450975,0.6705882352941176,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcColumn', 'IfcBeam', 'IfcMember', 'IfcElementAssembly')" key="{00000000-0000-4000-8000-000000000003}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="73,57,42,255,rgb:0.2848249027237354,0.22497901884489205,0.16304264896620127,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="138,109,79,255,rgb:0.54117647058823526,0.42745098039215684,0.30980392156862746,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcCurtainWall', 'IfcPlate')" key="{00000000-0000-4000-8000-000000000004}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="67,88,106,255,rgb:0.26211947814145115,0.34673075455863278,0.41484702830548564,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="127,168,201,255,rgb:0.49803921568627452,0.6588235294117647,0.78823529411764703,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcDoor')" key="{00000000-0000-4000-8000-000000000005}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="8,62,58,255,rgb:0.03096055542839704,0.24354924849317158,0.22703898680094606,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="15,118,110,255,rgb:0.05882352941176471,0.46274509803921571,0.43137254901960786,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="attribute(@feature, 'ifc_class') in ('IfcStair', 'IfcStairFlight', 'IfcRamp', 'IfcRampFlight')" key="{00000000-0000-4000-8000-000000000006}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="102,85,40,255,rgb:0.40041199359121082,0.33437094682230867,0.15686274509803921,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="194,162,76,255,rgb:0.76078431372549016,0.63529411764705879,0.29803921568627451,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
      <rule filter="ELSE" key="{00000000-0000-4000-8000-000000000007}">
        <symbol type="polygon" material_type="phong">
          <data rendered-facade="3" offset="0" extrusion-height="0" invert-normals="0" culling-mode="no-culling" add-back-faces="0" alt-binding="centroid" alt-clamping="absolute"/>
          <material kd="1" ambient="111,106,97,255,rgb:0.43529411764705883,0.41568627450980394,0.38039215686274508,1" specular="32,32,32,255,rgb:0.12549019607843137,0.12549019607843137,0.12549019607843137,1" diffuse="217,212,202,255,rgb:0.85098039215686272,0.83137254901960789,0.792156862745098,1" opacity="1" ka="1" ks="1" shininess="0">
            <data-defined-properties>
              <Option type="Map">
                <Option type="QString" name="name" value=""/>
                <Option name="properties"/>
                <Option type="QString" name="type" value="collection"/>
              </Option>
            </data-defined-properties>
          </material>
          <data-defined-properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data-defined-properties>
          <edges enabled="1" color="91,86,78,255,rgb:0.35686274509803922,0.33725490196078434,0.30588235294117649,1" width="1"/>
        </symbol>
      </rule>
    </rules>
  </renderer-3d>
  <renderer-v2 type="singleSymbol" referencescale="-1" enableorderby="0" forceraster="0" symbollevels="0">
    <symbols>
      <symbol type="fill" force_rhr="0" clip_to_extent="1" frame_rate="10" alpha="1" is_animated="0" name="0">
        <data_defined_properties>
          <Option type="Map">
            <Option type="QString" name="name" value=""/>
            <Option name="properties"/>
            <Option type="QString" name="type" value="collection"/>
          </Option>
        </data_defined_properties>
        <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000008}" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="border_width_map_unit_scale" value="3x:0,0,0,0,0,0"/>
            <Option type="QString" name="color" value="212,202,128,217,rgb:0.83137254901960789,0.792156862745098,0.50196078431372548,0.85098039215686272"/>
            <Option type="QString" name="joinstyle" value="miter"/>
            <Option type="QString" name="offset" value="0,0"/>
            <Option type="QString" name="offset_map_unit_scale" value="3x:0,0,0,0,0,0"/>
            <Option type="QString" name="offset_unit" value="MM"/>
            <Option type="QString" name="outline_color" value="139,133,122,255,rgb:0.54509803921568623,0.52156862745098043,0.47843137254901963,1"/>
            <Option type="QString" name="outline_style" value="solid"/>
            <Option type="QString" name="outline_width" value="0.1"/>
            <Option type="QString" name="outline_width_unit" value="MM"/>
            <Option type="QString" name="style" value="solid"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option type="QString" name="name" value=""/>
              <Option name="properties"/>
              <Option type="QString" name="type" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <rotation/>
    <sizescale/>
    <data-defined-properties>
      <Option type="Map">
        <Option type="QString" name="name" value=""/>
        <Option name="properties"/>
        <Option type="QString" name="type" value="collection"/>
      </Option>
    </data-defined-properties>
  </renderer-v2>
  <selection mode="Default">
    <selectionColor invalid="1"/>
  </selection>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerOpacity>1</layerOpacity>
  <fieldConfiguration>
    <field name="id" configurationFlags="NoFlag">
      <editWidget type="TextEdit">
        <config>
          <Option type="Map">
            <Option type="bool" name="IsMultiline" value="true"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="building_id" configurationFlags="NoFlag">
      <editWidget type="TextEdit">
        <config>
          <Option type="Map">
            <Option type="bool" name="IsMultiline" value="true"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="name" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="base_elev_m" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="2"/>
            <Option type="double" name="Step" value="0.01"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="roof_elev_m" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="2"/>
            <Option type="double" name="Step" value="0.01"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="ifc_class" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="elements" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="lod" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="reason" configurationFlags="NoFlag">
      <editWidget type="TextEdit">
        <config>
          <Option type="Map">
            <Option type="bool" name="IsMultiline" value="true"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="volume_m3" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="2"/>
            <Option type="double" name="Step" value="0.01"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="volume_check_m3" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="2"/>
            <Option type="double" name="Step" value="0.01"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias name="Id" field="id" index="0"/>
    <alias name="Building id" field="building_id" index="1"/>
    <alias name="Name" field="name" index="2"/>
    <alias name="Lowest level (m)" field="base_elev_m" index="3"/>
    <alias name="Highest level (m)" field="roof_elev_m" index="4"/>
    <alias name="IFC class" field="ifc_class" index="5"/>
    <alias name="Elements" field="elements" index="6"/>
    <alias name="Level of detail" field="lod" index="7"/>
    <alias name="Reason" field="reason" index="8"/>
    <alias name="Volume (m³)" field="volume_m3" index="9"/>
    <alias name="Volume by columns (m³)" field="volume_check_m3" index="10"/>
  </aliases>
  <splitPolicies>
    <policy field="id" policy="Duplicate"/>
    <policy field="building_id" policy="Duplicate"/>
    <policy field="name" policy="Duplicate"/>
    <policy field="base_elev_m" policy="Duplicate"/>
    <policy field="roof_elev_m" policy="Duplicate"/>
    <policy field="ifc_class" policy="Duplicate"/>
    <policy field="elements" policy="Duplicate"/>
    <policy field="lod" policy="Duplicate"/>
    <policy field="reason" policy="Duplicate"/>
    <policy field="volume_m3" policy="Duplicate"/>
    <policy field="volume_check_m3" policy="Duplicate"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy field="id" policy="Duplicate"/>
    <policy field="building_id" policy="Duplicate"/>
    <policy field="name" policy="Duplicate"/>
    <policy field="base_elev_m" policy="Duplicate"/>
    <policy field="roof_elev_m" policy="Duplicate"/>
    <policy field="ifc_class" policy="Duplicate"/>
    <policy field="elements" policy="Duplicate"/>
    <policy field="lod" policy="Duplicate"/>
    <policy field="reason" policy="Duplicate"/>
    <policy field="volume_m3" policy="Duplicate"/>
    <policy field="volume_check_m3" policy="Duplicate"/>
  </duplicatePolicies>
  <defaults>
    <default expression="" field="id" applyOnUpdate="0"/>
    <default expression="" field="building_id" applyOnUpdate="0"/>
    <default expression="" field="name" applyOnUpdate="0"/>
    <default expression="" field="base_elev_m" applyOnUpdate="0"/>
    <default expression="" field="roof_elev_m" applyOnUpdate="0"/>
    <default expression="" field="ifc_class" applyOnUpdate="0"/>
    <default expression="" field="elements" applyOnUpdate="0"/>
    <default expression="" field="lod" applyOnUpdate="0"/>
    <default expression="" field="reason" applyOnUpdate="0"/>
    <default expression="" field="volume_m3" applyOnUpdate="0"/>
    <default expression="" field="volume_check_m3" applyOnUpdate="0"/>
  </defaults>
  <constraints>
    <constraint unique_strength="0" exp_strength="0" field="id" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="building_id" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="name" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="base_elev_m" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="roof_elev_m" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="ifc_class" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="elements" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="lod" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="reason" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="volume_m3" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="volume_check_m3" notnull_strength="0" constraints="0"/>
  </constraints>
  <constraintExpressions>
    <constraint desc="" field="id" exp=""/>
    <constraint desc="" field="building_id" exp=""/>
    <constraint desc="" field="name" exp=""/>
    <constraint desc="" field="base_elev_m" exp=""/>
    <constraint desc="" field="roof_elev_m" exp=""/>
    <constraint desc="" field="ifc_class" exp=""/>
    <constraint desc="" field="elements" exp=""/>
    <constraint desc="" field="lod" exp=""/>
    <constraint desc="" field="reason" exp=""/>
    <constraint desc="" field="volume_m3" exp=""/>
    <constraint desc="" field="volume_check_m3" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>tablayout</editorlayout>
  <attributeEditorForm>
    <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
      <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
    </labelStyle>
    <attributeEditorContainer type="Tab" groupBox="0" visibilityExpressionEnabled="0" name="Building" visibilityExpression="" showLabel="1" collapsedExpressionEnabled="0" collapsed="0" verticalStretch="0" columnCount="1" collapsedExpression="" horizontalStretch="0">
      <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
        <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
      </labelStyle>
      <attributeEditorField name="name" showLabel="1" verticalStretch="0" index="2" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="ifc_class" showLabel="1" verticalStretch="0" index="5" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="elements" showLabel="1" verticalStretch="0" index="6" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="base_elev_m" showLabel="1" verticalStretch="0" index="3" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="roof_elev_m" showLabel="1" verticalStretch="0" index="4" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="id" showLabel="1" verticalStretch="0" index="0" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="building_id" showLabel="1" verticalStretch="0" index="1" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
    </attributeEditorContainer>
    <attributeEditorContainer type="Tab" groupBox="0" visibilityExpressionEnabled="0" name="Closed shell" visibilityExpression="" showLabel="1" collapsedExpressionEnabled="0" collapsed="0" verticalStretch="0" columnCount="1" collapsedExpression="" horizontalStretch="0">
      <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
        <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
      </labelStyle>
      <attributeEditorField name="lod" showLabel="1" verticalStretch="0" index="7" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="volume_m3" showLabel="1" verticalStretch="0" index="9" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="volume_check_m3" showLabel="1" verticalStretch="0" index="10" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="reason" showLabel="1" verticalStretch="0" index="8" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
    </attributeEditorContainer>
  </attributeEditorForm>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <mapTip enabled="1">&lt;b>[% replace(coalesce("name", "id"), array('&amp;', '&lt;', '>', '"'), array('&amp;amp;', '&amp;lt;', '&amp;gt;', '&amp;quot;')) %]&lt;/b> [% replace(coalesce(attribute(@feature, 'ifc_class'), ''), array('&amp;', '&lt;', '>', '"'), array('&amp;amp;', '&amp;lt;', '&amp;gt;', '&amp;quot;')) %]&lt;br>[% format_number("base_elev_m", 2) %] – [% format_number("roof_elev_m", 2) %] m</mapTip>
  <layerGeometryType>2</layerGeometryType>
</qgis>
