using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.People;

internal static class PeopleEndpoints
{
    public static void MapPeople(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("People").RequireAuthorization();
        group.MapGet("/me", GetMe.HandleAsync).WithName("GetMe");
        group.MapPost("/people/batch", CreatePeople.HandleAsync).WithName("CreatePeople").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapGet("/people", ListPeople.HandleAsync).WithName("ListPeople");
        group.MapPost("/people/{id:guid}/invitation", IssueOneTimeCode.InviteAsync).WithName("InvitePerson");
        group.MapPost("/people/{id:guid}/password-reset", IssueOneTimeCode.ResetAsync).WithName("ResetPassword");
        group.MapPost("/people/{id:guid}/unlock", UnlockPerson.HandleAsync).WithName("UnlockPerson");
        group.MapPut("/people/{id:guid}/disabled", DisablePerson.HandleAsync).WithName("DisablePerson");
        group.MapDelete("/people/{id:guid}/disabled", DisablePerson.UndoAsync).WithName("EnablePerson");
        group.MapDelete("/people/{id:guid}/sessions", EndPersonSessions.HandleAsync).WithName("EndPersonSessions");
        group.MapDelete("/people/{id:guid}/second-factor", RemoveSecondFactor.HandleAsync).WithName("RemoveSecondFactor");
    }
}
