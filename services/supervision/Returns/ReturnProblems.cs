using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Returns;

/// <summary>Refusals about an office's own words: SUP-0090 on.</summary>
internal static class ReturnProblems
{
    public static readonly Problem NotYourOffice = new("SUP-0090", 403,
        new("只能维护本单位的常用语", "Not your office's words"),
        new("退回常用语由本单位的审核人维护；上级的常用语可以选用，不能修改。", "The words offered for returns are kept by the reviewers of the office itself; those of the levels above can be used and not changed."));

    public static readonly Problem TooMany = new("SUP-0091", 409,
        new("常用语已满", "There are enough already"),
        new($"每个单位最多 {ReturnPhrase.Most} 条常用语，请先删去不用的。", $"An office keeps at most {ReturnPhrase.Most}; remove one that is not used first."));

    public static readonly Problem Repeated = new("SUP-0092", 409,
        new("已有相同的常用语", "It is there already"),
        new("本单位在同一原因类别下已有这条常用语。", "The office has the same words under the same code."));
}
