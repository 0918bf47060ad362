using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

internal static class OrganisationEndpoints
{
    public static void MapOrganisations(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("Organisations").RequireAuthorization();
        group.MapGet("/organisations", ListOrganisations.HandleAsync).WithName("ListOrganisations");
        group.MapGet("/organisations/{id:guid}", GetOrganisation.HandleAsync).WithName("GetOrganisation");
        group.MapPost("/organisations/batch", CreateOrganisations.HandleAsync).WithName("CreateOrganisations").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/divisions", ImportDivisions.HandleAsync).WithName("ImportDivisions").Accepts<string>("text/csv").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/republications", Republish.HandleAsync).WithName("Republish").WithLongWork(TimeSpan.FromMinutes(1.9));
    }
}
