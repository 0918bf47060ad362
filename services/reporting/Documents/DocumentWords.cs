namespace Gengdu.Reporting.Documents;

/// <summary>The words of a printed document in one language.</summary>
internal sealed record DocumentWords(
    string Language, string Platform, string Report, string Receipt, string Receipts, string Number, string Received, string Hash, string Revision, string Check, string CheckHint,
    string Statement, string Explanations, string Comments, string FollowUps, string Module, string Yes, string No, string Masked, string Erased, string Rows, string Printed, string BeijingTime, string Colon, string Join)
{
    public static readonly DocumentWords Chinese = new(
        "zh-CN", "河北省劳动教育平台", "填报报告", "回执", "回执一览", "回执号", "接收时间", "内容校验码", "第 {0} 次上报", "核验码", "任何人都可以在此核验，无需登录：",
        "责任声明", "对提示的说明", "批注", "待核实", "模块", "是", "否", "（不显示）", "（已到期删除）", "（{0} 行）", "本文件按签署时的内容生成；有疑问时以平台保存的版本为准，请用核验码核对。", "北京时间", "：", "、");

    public static readonly DocumentWords English = new(
        "en", "Labor education platform of Hebei", "Report", "Receipt", "Receipts", "Receipt number", "Received", "Content hash", "Submission no. {0}", "Check code",
        "Anybody may check it here, without signing in:", "Statement", "Explanations", "Comments", "To follow up", "Module", "yes", "no", "(not shown)", "(erased when its time was over)", "({0} rows)",
        "Made from what was signed. In doubt, what the platform keeps is right: compare by the check code.", "Beijing time", ": ", ", ");

    /// <returns>null for a language there is none of.</returns>
    public static DocumentWords? In(string language) => language switch { "zh" => Chinese, "en" => English, _ => null };

    public string Of(string zh, string en) => Language == "en" && en.Length > 0 ? en : zh;

    public string Of(Rules.Text? text) => text is null ? "" : Of(text.Zh, text.En);

    public string Of(ServiceDefaults.Text? text) => text is null ? "" : Of(text.Zh, text.En);
}
