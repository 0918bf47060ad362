using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Groups;

/// <summary>Refusals about reviewer groups.</summary>
internal static class ReviewerGroupProblems
{
    /// <summary>Neither reviewer of the step nor administrator of the place.</summary>
    public static readonly Problem NotYoursToGive = new("SUP-0020", 403,
        new("您无权在此设立专家组", "Not yours to give"),
        new("专家组由该环节的审核人或本级系统管理员设立和终止，权限不超过设立人。", "A reviewer group is set up and ended by the reviewer of that step or the administrator of the place, with no more than they may themselves."));

    /// <summary>Nobody gives themselves a right.</summary>
    public static readonly Problem Yourself = new("SUP-0021", 409,
        new("不能把自己列入专家组", "You cannot be in it yourself"),
        new("设立人不能给自己授予权限，请由他人设立，或去掉您自己。", "Nobody gives themselves a right: let somebody else set the group up, or leave yourself out."));
}
