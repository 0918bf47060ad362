namespace Gengdu.Identity.Assignments;

internal static class AssignmentEndpoints
{
    public static void MapAssignments(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity/assignments").WithTags("Assignments").RequireAuthorization();
        group.MapPost("", CreateAssignment.HandleAsync).WithName("CreateAssignment");
        group.MapPut("{id:guid}/period", ChangeAssignmentPeriod.HandleAsync).WithName("ChangeAssignmentPeriod");
        group.MapDelete("{id:guid}", RemoveAssignment.HandleAsync).WithName("RemoveAssignment");
        group.MapGet("{id:guid}/deputies", ListDeputies.HandleAsync).WithName("ListDeputies");

        var delegations = app.MapGroup("/api/identity/delegations").WithTags("Delegations").RequireAuthorization();
        delegations.MapGet("", ListDelegations.HandleAsync).WithName("ListDelegations");
        delegations.MapPost("", DelegateAssignment.HandleAsync).WithName("DelegateAssignment");
        delegations.MapDelete("{id:guid}", WithdrawDelegation.HandleAsync).WithName("WithdrawDelegation");

        app.MapGroup("/api/identity/colleagues").WithTags("Assignments").RequireAuthorization().MapGet("", ListColleagues.HandleAsync).WithName("ListColleagues");
        app.MapGroup("/api/identity/organisations").WithTags("Assignments").RequireAuthorization()
            .MapGet("{id:guid}/rights", ListRights.HandleAsync).WithName("ListRights");
    }
}
