using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.FillIns;

internal static class FillInProblems
{
    public static readonly Problem NoTeachingPoint = new("IDN-0110", 422,
        new("只能为同县的教学点代填", "A school fills in only for a teaching point of its county"),
        new("请选择同一县内、仍在办学的教学点；代填的学校本身不能是教学点。", "Choose a teaching point of the same county that is open; the school that fills in is none itself."));

    public static readonly Problem NotTheirPeople = new("IDN-0111", 422,
        new("所选人员不是该校的填报员或审核人", "The people chosen are no reporters or approvers of the school"),
        new("请从中心校现任的填报员和审核人中选择至少一人；受托代理的角色不能再代填。", "Choose at least one of the central school's present reporters and approvers; a role that somebody stands in for does not count."))
    { Errors = [new("assignmentIds", "unknown", new("不是该校现任的填报员或审核人", "No present reporter or approver of the school"))] };

    public static readonly Problem AlreadyDeclared = new("IDN-0112", 409,
        new("该校已在为此教学点代填", "The school fills in for this teaching point already"),
        new("如需更换人员或期限，请先结束现有的代填，再重新登记。", "To change people or dates, end the present one and declare it anew."));

    public static readonly Problem AlreadyEnded = new("IDN-0113", 409,
        new("代填已经结束", "It has ended already"),
        new("无需再次结束。", "There is nothing left to end."));
}
