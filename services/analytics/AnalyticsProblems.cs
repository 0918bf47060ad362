using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics;

/// <summary>Refusals of analytics.</summary>
internal static class AnalyticsProblems
{
    public static readonly Problem UnknownCycle = new("ANA-0001", 404,
        new("没有这个填报周期的数据", "There is nothing about this collection cycle"),
        new("该填报周期不存在，或尚未开启。请从周期列表中选择。", "The cycle does not exist or has not been opened. Choose one from the list of cycles."));

    public static readonly Problem NotANode = new("ANA-0002", 404,
        new("该单位不是省、市、县级", "This organisation is not a province, city or county"),
        new("学校请使用学校看板：/api/analytics/dashboards/schools/{id}。", "For a school, use the school dashboard: /api/analytics/dashboards/schools/{id}."));

    public static readonly Problem NotOnRoster = new("ANA-0003", 404,
        new("该学校不在本周期的填报名单中", "This school is not on the roster of the cycle"),
        new("名单在周期开启时确定，之后新增的学校从下一周期开始填报。", "The roster was fixed when the cycle opened; a school added later reports from the next cycle on."));

    public static readonly Problem NotReady = new("ANA-0004", 503,
        new("看板正在准备", "The dashboard is being prepared"),
        new("指标定义尚未送达统计服务，通常几秒内完成。请稍后刷新。", "The definitions of the indicators have not reached analytics yet; this usually takes seconds. Refresh shortly."))
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static readonly Problem RecountOver = new("ANA-0005", 409,
        new("这次重算已经结束", "This recount is over"),
        new("只有等待中或进行中的重算可以取消。请刷新查看结果。", "Only a recount that waits or runs can be cancelled. Reload to see its result."));

    public static readonly Problem TooManyPages = new("ANA-0006", 429,
        new("打开的看板页面过多", "Too many dashboards are open"),
        new("请关闭其他窗口中的看板。此页面仍会定时刷新。", "Close dashboards in other windows. This page still refreshes from time to time."))
    { RetryAfter = TimeSpan.FromSeconds(15) };

    public static readonly Problem UnknownIndicator = new("ANA-0010", 404,
        new("没有这个指标", "There is no such indicator"),
        new("该填报周期的方案版本中没有这个指标。全部指标见 /api/analytics/definitions/{方案}。", "The programme version of this cycle has no such indicator. All of them: /api/analytics/definitions/{programme}."));

    public static readonly Problem FigureOfASchool = new("ANA-0011", 404,
        new("学校的数值没有下级构成", "A school's number has no parts below it"),
        new("学校的数值请看计算步骤：…/steps。", "How a school's number is computed is under …/steps."));

    public static readonly Problem FigureOfANode = new("ANA-0012", 404,
        new("只有学校的数值有计算步骤", "Only a school's number has steps"),
        new("省、市、县的数值由下级汇总而成，请先打开其构成，再选择学校。", "The number of a province, city or county is summed up from below: open its parts first, then a school."));

    public static readonly Problem NoBreakdown = new("ANA-0013", 422,
        new("不能这样分组或排序", "It cannot be parted or ordered like this"),
        new("分组可为 city、county、level、school-type、stage、urban-rural、run-by、boarding、size、peers、approval；排序可为 tree、low、high。按名单计算的指标（如按时报送率）没有分组。", "Groups are city, county, level, school-type, stage, urban-rural, run-by, boarding, size, peers, approval; orders are tree, low, high. An indicator counted from the roster, such as on-time reporting, has no groups."));

    public static readonly Problem FiguresDiffer = new("ANA-0015", 409,
        new("数据核对发现差异，暂不能公布", "A comparison found differences: nothing can be published yet"),
        new("最近一次核对发现指标与所存版本不一致。请先在“重算与核对”中重算，再公布。", "The newest comparison found figures that differ from the stored revisions. Rebuild the cycle first, then publish."));

    public static readonly Problem UnknownTree = new("ANA-0014", 422,
        new("没有这种机构口径", "There is no such tree"),
        new("口径可为 cycle（各周期当时）、today（按今天的隶属）、opening（按开启时的名单）。", "Trees are cycle (as each cycle has it), today (as places stand now), opening (as the roster was frozen)."));

    public static readonly Problem TooManyPlaces = new("ANA-0016", 422,
        new("这里的单位太多，不能放在一个答复里", "There are too many places here for one answer"),
        new("请选择下一级单位再看；全部数值请用导出。", "Choose a place further down; for all values use an export."));

    public static readonly Problem NothingToSum = new("ANA-0017", 404,
        new("没有可以相加的指标项", "There is nothing that can be added up"),
        new("该模块没有这个栏目，或栏目中没有可以相加的数字。", "The module has no such section, or the section has no numbers that can be added up."));

    public static readonly Problem UnknownMap = new("ANA-0060", 404,
        new("没有这个版本的地图", "There is no such version of the map"),
        new("请从地图版本列表中选择。", "Choose one from the list of versions."));

    public static readonly Problem NotAMap = new("ANA-0061", 422,
        new("不是可读的 GeoJSON", "This is no GeoJSON that can be read"),
        new("文件应为 GeoJSON 的 FeatureCollection（UTF-8），每个县级行政区一个要素。TopoJSON、Shapefile 请先转换。", "The file must be a GeoJSON FeatureCollection in UTF-8 with one feature for each county. Convert TopoJSON or a shapefile first."));

    public static readonly Problem MapTooLarge = new("ANA-0062", 413,
        new("地图文件过大", "The map file is too large"),
        new("最多 16 MB。请先用制图软件简化边界（精度 10 米已足够显示），再导入。", "At most 16 MB. Simplify the outlines first: ten metres are as fine as a page can show."));

    public static readonly Problem MapTooDetailed = new("ANA-0063", 422,
        new("地图的点过多", "The map has too many points"),
        new("全省最多 50 万个点，边界不得反复折返。请先简化，再导入。", "At most 500,000 points for the whole province, and no outline that turns back on itself endlessly. Simplify it first."));

    public static Problem MapNotInDegrees(string crs) => new("ANA-0064", 422,
        new("坐标系不受支持", "The coordinate system is not supported"),
        new($"文件声明的坐标系是 {crs}。请转换为经纬度（WGS 84 或 CGCS2000）后再导入。", $"The file says {crs}. Turn it into degrees of longitude and latitude (WGS 84 or CGCS2000) first."));

    public static Problem MapFaulty(int count) => new("ANA-0065", 422,
        new("地图不能使用", "The map cannot be used"),
        new($"发现 {count} 处问题，见 errors（最多列出 200 处）。更正文件后再导入；现有地图不变。", $"{count} faults were found, listed under errors (200 at most). Mend the file and import it again; the present map stays."));

    public static readonly Problem NoLayout = new("ANA-0030", 422,
        new("这样的透视表无法排出", "Figures cannot be laid out like this"),
        new("行与列各最多三个不同维度；多个指标或多个周期时，须把“指标”或“周期”放在行或列上；按学段筛选多个值时，须把学段放在行或列上。请调整后重试。", "Rows and columns take up to three different dimensions each; several indicators or cycles need “indicator” or “cycle” on an axis, and so do several stages that are filtered by. Change the layout and try again."));

    public static readonly Problem TooMuchAsked = new("ANA-0031", 422,
        new("所要的单元格过多", "Too many cells were asked for"),
        new("一张透视表最多 10000 个单元格；按学校类别分组时，指标数乘以周期数最多 24；列出学校的单位最多 600 所学校。请减少指标、周期或维度，或加上筛选。", "A table has at most 10,000 cells; by kinds of schools, indicators times cycles are at most 24; schools are named in places of up to 600. Take fewer indicators, cycles or dimensions, or add a filter."));

    public static readonly Problem StillCounting = new("ANA-0032", 503,
        new("正在统计，请稍候", "It is still being counted"),
        new("该单位学校很多，第一次这样分组需要统计片刻，结果会保留。页面会自动重试。", "There are very many schools here, and nobody asked for these groups before. What is counted is kept; the page asks again by itself."))
    { RetryAfter = TimeSpan.FromSeconds(3) };

    public static readonly Problem NotByKind = new("ANA-0033", 422,
        new("该指标不能按学校类别分组", "This indicator cannot be parted by kinds of schools"),
        new("按名单计算的指标（如按时报送率）和校际差距只能按单位、周期、指标排列。请去掉学校类别的维度，或换其他指标。", "What is counted from the roster, such as on-time reporting, and gaps between schools stand by place, cycle and indicator alone. Leave out kinds of schools, or choose other indicators."));

    public static readonly Problem ViewOutOfReach = new("ANA-0034", 404,
        new("这个视图打不开", "This view cannot be opened"),
        new("它可能已被删除、未共享，或其内容不在您的管辖范围内。链接总是按打开者本人的权限显示；如确有需要，请向分享者所在单位的管理员申请权限。", "It may have been removed, is not shared, or shows a place outside your area: a link always opens with the rights of whoever opens it. If you need it, ask the administrator of that place for the right."));

    public static readonly Problem TooManyViews = new("ANA-0035", 409,
        new("保存的视图过多", "Too many views are kept"),
        new("每人最多保存 100 个视图。请先删除不用的。", "Each person keeps up to 100 views. Remove some first."));

    public static readonly Problem BoardOutOfReach = new("ANA-0036", 404,
        new("这个看板打不开", "This board cannot be opened"),
        new("它可能已被删除、未共享，或其中没有您管辖范围内的内容。链接总是按打开者本人的权限显示；如确有需要，请向分享者所在单位的管理员申请权限。", "It may have been removed, is not shared, or shows nothing of your area: a link always opens with the rights of whoever opens it. If you need it, ask the administrator of that place for the right."));

    public static readonly Problem TooManyBoards = new("ANA-0037", 409,
        new("看板过多", "Too many boards are kept"),
        new("每人最多保存 50 个看板。请先删除不用的。", "Each person keeps up to 50 boards. Remove some first."));

    public static readonly Problem DraftPending = new("ANA-0070", 409,
        new("已有一份待公布的草稿", "A draft is waiting already"),
        new("该周期已有一份草稿，请先审核并公布，或将其作废。", "This cycle has a draft already: have it checked and publish it, or throw it away first."));

    public static readonly Problem ReasonMissing = new("ANA-0071", 422,
        new("请说明更正原因", "Say why the figures are corrected"),
        new("该周期已公布过数据，再次公布须写明更正原因（中文必填，中英文各不超过 500 字），原因将一并公开。", "Figures of this cycle were published before: another publication says why, in Chinese at least, in 500 characters each at most. Everybody will read it."));

    public static readonly Problem OwnDraft = new("ANA-0072", 409,
        new("不能审核自己的草稿", "Nobody checks their own draft"),
        new("起草人与审核人须为两人。请由省级的另一位负责人或管理员审核。", "Whoever drafted it and whoever checks it are two people. Ask another owner or an administrator of the province."));

    public static readonly Problem DraftOver = new("ANA-0073", 409,
        new("这份草稿已处理", "This draft is no longer waiting for that"),
        new("草稿已被审核、作废或公布。请刷新查看。", "It has been checked, thrown away or published. Reload to see."));

    public static readonly Problem NotChecked = new("ANA-0074", 409,
        new("草稿未经审核，不能公布", "The draft has not been checked"),
        new("须先由起草人以外的省级负责人或管理员审核通过。", "Another owner or an administrator of the province has to agree with it first."));

    public static readonly Problem CopyChanged = new("ANA-0075", 409,
        new("数据与审核时不一致，不能公布", "The figures are not those that were checked"),
        new("草稿中的数据与起草时的校验值不符。请作废后重新起草，并告知系统维护人员。", "The copied figures do not fit the hash that was made of them. Throw the draft away, draft anew, and tell whoever maintains the system."));

    public static readonly Problem NothingPublished = new("ANA-0076", 404,
        new("没有公布这份数据", "Nothing was published under this number"),
        new("请从公布列表中选择。", "Choose from the list of publications."));

    public static readonly Problem UnknownPlace = new("ANA-0077", 404,
        new("公布的数据中没有这个地区", "There is no such area in this publication"),
        new("请使用省、市、县的行政区划代码；学校的数据不公开。", "Use the administrative code of the province, a city or a county; nothing is told of schools."));

    public static readonly Problem RemarkMissing = new("ANA-0078", 422,
        new("请写明意见", "Say what is wrong"),
        new("不同意公布时须写明意见，不超过 500 字。", "Whoever does not agree says why, in 500 characters at most."));
}
