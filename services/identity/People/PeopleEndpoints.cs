using Gengdu.Identity.People.Imports;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Mvc;

namespace Gengdu.Identity.People;

internal static class PeopleEndpoints
{
    public static void MapPeople(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("People").RequireAuthorization();
        group.MapGet("/me", GetMe.HandleAsync).WithName("GetMe");
        group.MapPost("/people/batch", CreatePeople.HandleAsync).WithName("CreatePeople").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/people/imports", ImportPeople.HandleAsync).WithName("ImportPeople").Accepts<IFormFile>("multipart/form-data").DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PeopleFile.LargestFile + Upload.Wrapping)).WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapGet("/people/imports/template", GetImportTemplate.Handle).WithName("GetPeopleImportTemplate");
        group.MapGet("/people", ListPeople.HandleAsync).WithName("ListPeople");
        group.MapGet("/people/names", FindPeople.HandleAsync).WithName("FindPeople");
        group.MapPost("/people/{id:guid}/invitation", IssueOneTimeCode.InviteAsync).WithName("InvitePerson");
        group.MapPost("/people/{id:guid}/password-reset", IssueOneTimeCode.ResetAsync).WithName("ResetPassword");
        group.MapPost("/people/{id:guid}/unlock", UnlockPerson.HandleAsync).WithName("UnlockPerson");
        group.MapPut("/people/{id:guid}/disabled", DisablePerson.HandleAsync).WithName("DisablePerson");
        group.MapPost("/people/deactivations", DeactivatePeople.HandleAsync).WithName("DeactivatePeople").WithLongWork(TimeSpan.FromMinutes(1));
        group.MapPost("/people/{id:guid}/transfers", TransferPerson.HandleAsync).WithName("TransferPerson");
        group.MapDelete("/people/{id:guid}/disabled", DisablePerson.UndoAsync).WithName("EnablePerson");
        group.MapPost("/people/{id:guid}/erasure", ErasePerson.HandleAsync).WithName("ErasePerson");
        group.MapDelete("/people/{id:guid}/sessions", EndPersonSessions.HandleAsync).WithName("EndPersonSessions");
        group.MapDelete("/people/{id:guid}/second-factor", RemoveSecondFactor.HandleAsync).WithName("RemoveSecondFactor");
    }
}
