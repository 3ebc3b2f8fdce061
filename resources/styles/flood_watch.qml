<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis autoRefreshMode="Disabled" autoRefreshTime="0" minScale="1e+08" version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms|MapTips|AttributeTable|Rendering" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <fieldConfiguration>
    <field name="rank" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="kind" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
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
    <field name="distance" configurationFlags="NoFlag">
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
    <field name="rain_distance" configurationFlags="NoFlag">
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
    <field name="water_distance" configurationFlags="NoFlag">
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
    <field name="near" configurationFlags="NoFlag">
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
    <field name="most_10min_mm" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="1"/>
            <Option type="double" name="Step" value="0.1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="most_30min_mm" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="1"/>
            <Option type="double" name="Step" value="0.1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="most_60min_mm" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="1"/>
            <Option type="double" name="Step" value="0.1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="most_120min_mm" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="1"/>
            <Option type="double" name="Step" value="0.1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="total_mm" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="1"/>
            <Option type="double" name="Step" value="0.1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="return_period_a" configurationFlags="NoFlag">
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
    <field name="measure" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="wet_area_m2" configurationFlags="NoFlag">
      <editWidget type="Range">
        <config>
          <Option type="Map">
            <Option type="bool" name="AllowNull" value="true"/>
            <Option type="double" name="Max" value="1e+09"/>
            <Option type="double" name="Min" value="-1e+09"/>
            <Option type="int" name="Precision" value="0"/>
            <Option type="double" name="Step" value="1"/>
            <Option type="QString" name="Style" value="SpinBox"/>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="peak_volume_m3" configurationFlags="NoFlag">
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
    <field name="max_depth_m" configurationFlags="NoFlag">
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
    <field name="buildings_reached" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="doors_reached" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_1" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_2" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_3" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_4" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="plan" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="result" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="folder" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="run_id" configurationFlags="NoFlag">
      <editWidget type="TextEdit">
        <config>
          <Option type="Map">
            <Option type="bool" name="IsMultiline" value="true"/>
          </Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias name="Rank" field="rank" index="0"/>
    <alias name="Kind" field="kind" index="1"/>
    <alias name="Run" field="name" index="2"/>
    <alias name="Distance (0 the same, 1 nothing in common)" field="distance" index="3"/>
    <alias name="Distance of the rain" field="rain_distance" index="4"/>
    <alias name="Distance of the water" field="water_distance" index="5"/>
    <alias name="Near" field="near" index="6"/>
    <alias name="Why not compared" field="reason" index="7"/>
    <alias name="Most rain in 10 min (mm)" field="most_10min_mm" index="8"/>
    <alias name="Most rain in 30 min (mm)" field="most_30min_mm" index="9"/>
    <alias name="Most rain in 60 min (mm)" field="most_60min_mm" index="10"/>
    <alias name="Most rain in 120 min (mm)" field="most_120min_mm" index="11"/>
    <alias name="Rain in all (mm)" field="total_mm" index="12"/>
    <alias name="Return period (years)" field="return_period_a" index="13"/>
    <alias name="Measure" field="measure" index="14"/>
    <alias name="Wet area (m²)" field="wet_area_m2" index="15"/>
    <alias name="Most water (m³)" field="peak_volume_m3" index="16"/>
    <alias name="Greatest depth (m)" field="max_depth_m" index="17"/>
    <alias name="Buildings with water inside" field="buildings_reached" index="18"/>
    <alias name="Openings with water above the sill" field="doors_reached" index="19"/>
    <alias name="Buildings of class 1" field="class_1" index="20"/>
    <alias name="Buildings of class 2" field="class_2" index="21"/>
    <alias name="Buildings of class 3" field="class_3" index="22"/>
    <alias name="Buildings of class 4" field="class_4" index="23"/>
    <alias name="Plan" field="plan" index="24"/>
    <alias name="Flood over time" field="result" index="25"/>
    <alias name="Folder" field="folder" index="26"/>
    <alias name="Id of the flood run" field="run_id" index="27"/>
  </aliases>
  <splitPolicies>
    <policy field="rank" policy="Duplicate"/>
    <policy field="kind" policy="Duplicate"/>
    <policy field="name" policy="Duplicate"/>
    <policy field="distance" policy="Duplicate"/>
    <policy field="rain_distance" policy="Duplicate"/>
    <policy field="water_distance" policy="Duplicate"/>
    <policy field="near" policy="Duplicate"/>
    <policy field="reason" policy="Duplicate"/>
    <policy field="most_10min_mm" policy="Duplicate"/>
    <policy field="most_30min_mm" policy="Duplicate"/>
    <policy field="most_60min_mm" policy="Duplicate"/>
    <policy field="most_120min_mm" policy="Duplicate"/>
    <policy field="total_mm" policy="Duplicate"/>
    <policy field="return_period_a" policy="Duplicate"/>
    <policy field="measure" policy="Duplicate"/>
    <policy field="wet_area_m2" policy="Duplicate"/>
    <policy field="peak_volume_m3" policy="Duplicate"/>
    <policy field="max_depth_m" policy="Duplicate"/>
    <policy field="buildings_reached" policy="Duplicate"/>
    <policy field="doors_reached" policy="Duplicate"/>
    <policy field="class_1" policy="Duplicate"/>
    <policy field="class_2" policy="Duplicate"/>
    <policy field="class_3" policy="Duplicate"/>
    <policy field="class_4" policy="Duplicate"/>
    <policy field="plan" policy="Duplicate"/>
    <policy field="result" policy="Duplicate"/>
    <policy field="folder" policy="Duplicate"/>
    <policy field="run_id" policy="Duplicate"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy field="rank" policy="Duplicate"/>
    <policy field="kind" policy="Duplicate"/>
    <policy field="name" policy="Duplicate"/>
    <policy field="distance" policy="Duplicate"/>
    <policy field="rain_distance" policy="Duplicate"/>
    <policy field="water_distance" policy="Duplicate"/>
    <policy field="near" policy="Duplicate"/>
    <policy field="reason" policy="Duplicate"/>
    <policy field="most_10min_mm" policy="Duplicate"/>
    <policy field="most_30min_mm" policy="Duplicate"/>
    <policy field="most_60min_mm" policy="Duplicate"/>
    <policy field="most_120min_mm" policy="Duplicate"/>
    <policy field="total_mm" policy="Duplicate"/>
    <policy field="return_period_a" policy="Duplicate"/>
    <policy field="measure" policy="Duplicate"/>
    <policy field="wet_area_m2" policy="Duplicate"/>
    <policy field="peak_volume_m3" policy="Duplicate"/>
    <policy field="max_depth_m" policy="Duplicate"/>
    <policy field="buildings_reached" policy="Duplicate"/>
    <policy field="doors_reached" policy="Duplicate"/>
    <policy field="class_1" policy="Duplicate"/>
    <policy field="class_2" policy="Duplicate"/>
    <policy field="class_3" policy="Duplicate"/>
    <policy field="class_4" policy="Duplicate"/>
    <policy field="plan" policy="Duplicate"/>
    <policy field="result" policy="Duplicate"/>
    <policy field="folder" policy="Duplicate"/>
    <policy field="run_id" policy="Duplicate"/>
  </duplicatePolicies>
  <defaults>
    <default expression="" field="rank" applyOnUpdate="0"/>
    <default expression="" field="kind" applyOnUpdate="0"/>
    <default expression="" field="name" applyOnUpdate="0"/>
    <default expression="" field="distance" applyOnUpdate="0"/>
    <default expression="" field="rain_distance" applyOnUpdate="0"/>
    <default expression="" field="water_distance" applyOnUpdate="0"/>
    <default expression="" field="near" applyOnUpdate="0"/>
    <default expression="" field="reason" applyOnUpdate="0"/>
    <default expression="" field="most_10min_mm" applyOnUpdate="0"/>
    <default expression="" field="most_30min_mm" applyOnUpdate="0"/>
    <default expression="" field="most_60min_mm" applyOnUpdate="0"/>
    <default expression="" field="most_120min_mm" applyOnUpdate="0"/>
    <default expression="" field="total_mm" applyOnUpdate="0"/>
    <default expression="" field="return_period_a" applyOnUpdate="0"/>
    <default expression="" field="measure" applyOnUpdate="0"/>
    <default expression="" field="wet_area_m2" applyOnUpdate="0"/>
    <default expression="" field="peak_volume_m3" applyOnUpdate="0"/>
    <default expression="" field="max_depth_m" applyOnUpdate="0"/>
    <default expression="" field="buildings_reached" applyOnUpdate="0"/>
    <default expression="" field="doors_reached" applyOnUpdate="0"/>
    <default expression="" field="class_1" applyOnUpdate="0"/>
    <default expression="" field="class_2" applyOnUpdate="0"/>
    <default expression="" field="class_3" applyOnUpdate="0"/>
    <default expression="" field="class_4" applyOnUpdate="0"/>
    <default expression="" field="plan" applyOnUpdate="0"/>
    <default expression="" field="result" applyOnUpdate="0"/>
    <default expression="" field="folder" applyOnUpdate="0"/>
    <default expression="" field="run_id" applyOnUpdate="0"/>
  </defaults>
  <constraints>
    <constraint unique_strength="0" exp_strength="0" field="rank" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="kind" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="name" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="distance" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="rain_distance" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="water_distance" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="near" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="reason" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="most_10min_mm" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="most_30min_mm" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="most_60min_mm" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="most_120min_mm" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="total_mm" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="return_period_a" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="measure" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="wet_area_m2" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="peak_volume_m3" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="max_depth_m" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="buildings_reached" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="doors_reached" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="class_1" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="class_2" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="class_3" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="class_4" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="plan" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="result" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="folder" notnull_strength="0" constraints="0"/>
    <constraint unique_strength="0" exp_strength="0" field="run_id" notnull_strength="0" constraints="0"/>
  </constraints>
  <constraintExpressions>
    <constraint desc="" field="rank" exp=""/>
    <constraint desc="" field="kind" exp=""/>
    <constraint desc="" field="name" exp=""/>
    <constraint desc="" field="distance" exp=""/>
    <constraint desc="" field="rain_distance" exp=""/>
    <constraint desc="" field="water_distance" exp=""/>
    <constraint desc="" field="near" exp=""/>
    <constraint desc="" field="reason" exp=""/>
    <constraint desc="" field="most_10min_mm" exp=""/>
    <constraint desc="" field="most_30min_mm" exp=""/>
    <constraint desc="" field="most_60min_mm" exp=""/>
    <constraint desc="" field="most_120min_mm" exp=""/>
    <constraint desc="" field="total_mm" exp=""/>
    <constraint desc="" field="return_period_a" exp=""/>
    <constraint desc="" field="measure" exp=""/>
    <constraint desc="" field="wet_area_m2" exp=""/>
    <constraint desc="" field="peak_volume_m3" exp=""/>
    <constraint desc="" field="max_depth_m" exp=""/>
    <constraint desc="" field="buildings_reached" exp=""/>
    <constraint desc="" field="doors_reached" exp=""/>
    <constraint desc="" field="class_1" exp=""/>
    <constraint desc="" field="class_2" exp=""/>
    <constraint desc="" field="class_3" exp=""/>
    <constraint desc="" field="class_4" exp=""/>
    <constraint desc="" field="plan" exp=""/>
    <constraint desc="" field="result" exp=""/>
    <constraint desc="" field="folder" exp=""/>
    <constraint desc="" field="run_id" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <attributetableconfig sortOrder="0" sortExpression="&quot;rank&quot;" actionWidgetStyle="dropDown">
    <columns>
      <column type="field" name="rank" hidden="0" width="-1"/>
      <column type="field" name="kind" hidden="0" width="-1"/>
      <column type="field" name="name" hidden="0" width="-1"/>
      <column type="field" name="distance" hidden="0" width="-1"/>
      <column type="field" name="rain_distance" hidden="0" width="-1"/>
      <column type="field" name="water_distance" hidden="0" width="-1"/>
      <column type="field" name="near" hidden="0" width="-1"/>
      <column type="field" name="reason" hidden="0" width="-1"/>
      <column type="field" name="most_10min_mm" hidden="0" width="-1"/>
      <column type="field" name="most_30min_mm" hidden="0" width="-1"/>
      <column type="field" name="most_60min_mm" hidden="0" width="-1"/>
      <column type="field" name="most_120min_mm" hidden="0" width="-1"/>
      <column type="field" name="total_mm" hidden="0" width="-1"/>
      <column type="field" name="return_period_a" hidden="0" width="-1"/>
      <column type="field" name="measure" hidden="0" width="-1"/>
      <column type="field" name="wet_area_m2" hidden="0" width="-1"/>
      <column type="field" name="peak_volume_m3" hidden="0" width="-1"/>
      <column type="field" name="max_depth_m" hidden="0" width="-1"/>
      <column type="field" name="buildings_reached" hidden="0" width="-1"/>
      <column type="field" name="doors_reached" hidden="1" width="-1"/>
      <column type="field" name="class_1" hidden="1" width="-1"/>
      <column type="field" name="class_2" hidden="1" width="-1"/>
      <column type="field" name="class_3" hidden="0" width="-1"/>
      <column type="field" name="class_4" hidden="0" width="-1"/>
      <column type="field" name="plan" hidden="0" width="-1"/>
      <column type="field" name="result" hidden="1" width="-1"/>
      <column type="field" name="folder" hidden="1" width="-1"/>
      <column type="field" name="run_id" hidden="1" width="-1"/>
      <column type="actions" hidden="0" width="-1"/>
    </columns>
  </attributetableconfig>
  <conditionalstyles>
    <rowstyles>
      <style background_color="#d8f0e2" text_color="#14613a" name="" background_color_alpha="255" text_color_alpha="255" rule="&quot;near&quot;">
      </style>
      <style background_color="#dde6ef" text_color="#1b2733" name="" background_color_alpha="255" text_color_alpha="255" rule="&quot;kind&quot; = 'observed'">
      </style>
    </rowstyles>
    <fieldstyles/>
  </conditionalstyles>
  <storedexpressions/>
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
    <attributeEditorContainer type="Tab" groupBox="0" visibilityExpressionEnabled="0" name="Run" visibilityExpression="" showLabel="1" collapsedExpressionEnabled="0" collapsed="0" verticalStretch="0" columnCount="1" collapsedExpression="" horizontalStretch="0">
      <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
        <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
      </labelStyle>
      <attributeEditorField name="rank" showLabel="1" verticalStretch="0" index="0" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="kind" showLabel="1" verticalStretch="0" index="1" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="name" showLabel="1" verticalStretch="0" index="2" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="distance" showLabel="1" verticalStretch="0" index="3" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="rain_distance" showLabel="1" verticalStretch="0" index="4" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="water_distance" showLabel="1" verticalStretch="0" index="5" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="near" showLabel="1" verticalStretch="0" index="6" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="reason" showLabel="1" verticalStretch="0" index="7" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="most_10min_mm" showLabel="1" verticalStretch="0" index="8" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="most_30min_mm" showLabel="1" verticalStretch="0" index="9" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="most_60min_mm" showLabel="1" verticalStretch="0" index="10" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="most_120min_mm" showLabel="1" verticalStretch="0" index="11" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="total_mm" showLabel="1" verticalStretch="0" index="12" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="return_period_a" showLabel="1" verticalStretch="0" index="13" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="measure" showLabel="1" verticalStretch="0" index="14" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="wet_area_m2" showLabel="1" verticalStretch="0" index="15" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="peak_volume_m3" showLabel="1" verticalStretch="0" index="16" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="max_depth_m" showLabel="1" verticalStretch="0" index="17" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="buildings_reached" showLabel="1" verticalStretch="0" index="18" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="doors_reached" showLabel="1" verticalStretch="0" index="19" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="class_1" showLabel="1" verticalStretch="0" index="20" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="class_2" showLabel="1" verticalStretch="0" index="21" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="class_3" showLabel="1" verticalStretch="0" index="22" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="class_4" showLabel="1" verticalStretch="0" index="23" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="plan" showLabel="1" verticalStretch="0" index="24" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="result" showLabel="1" verticalStretch="0" index="25" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="folder" showLabel="1" verticalStretch="0" index="26" horizontalStretch="0">
        <labelStyle overrideLabelColor="0" overrideLabelFont="0" labelColor="">
          <labelFont italic="0" description="DejaVu LGC Sans,12,-1,5,50,0,0,0,0,0" style="" underline="0" bold="0" strikethrough="0"/>
        </labelStyle>
      </attributeEditorField>
      <attributeEditorField name="run_id" showLabel="1" verticalStretch="0" index="27" horizontalStretch="0">
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
  <mapTip enabled="1">[% replace(display_expression(), array('&amp;', '&lt;', '>', '"'), array('&amp;amp;', '&amp;lt;', '&amp;gt;', '&amp;quot;')) %]</mapTip>
  <layerGeometryType>4</layerGeometryType>
</qgis>
