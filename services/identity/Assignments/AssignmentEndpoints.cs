namespace Gengdu.Identity.Assignments;

internal static class AssignmentEndpoints
{
    public static void MapAssignments(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity/assignments").WithTags("Assignments").RequireAuthorization();
        group.MapPost("", CreateAssignment.HandleAsync).WithName("CreateAssignment");
        group.MapDelete("{id:guid}", RemoveAssignment.HandleAsync).WithName("RemoveAssignment");
    }
}
