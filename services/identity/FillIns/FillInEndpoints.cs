using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.FillIns;

internal static class FillInEndpoints
{
    public static void MapFillIns(this WebApplication app)
    {
        var ofSchool = app.MapGroup("/api/identity/organisations/{id:guid}/fill-ins").WithTags("Fill-ins").RequireAuthorization();
        ofSchool.MapGet("", ListFillIns.HandleAsync).WithName("ListFillIns");
        ofSchool.MapPost("", DeclareFillIn.HandleAsync).WithName("DeclareFillIn");
        app.MapGroup("/api/identity/fill-ins").WithTags("Fill-ins").RequireAuthorization().MapDelete("{id:guid}", EndFillIn.HandleAsync).WithName("EndFillIn");
    }
}
