using Microsoft.AspNetCore.Mvc;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

internal static class OrganisationEndpoints
{
    public static void AddTree(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<TreeWork>();
        builder.Services.AddHostedService<SearchTexts>();
    }

    public static void MapOrganisations(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("Organisations").RequireAuthorization();
        group.MapGet("/organisations", ListOrganisations.HandleAsync).WithName("ListOrganisations");
        group.MapGet("/organisations/{id:guid}", GetOrganisation.HandleAsync).WithName("GetOrganisation");
        group.MapGet("/organisations/{id:guid}/history", ListOrganisationHistory.HandleAsync).WithName("ListOrganisationHistory");
        group.MapGet("/organisations/{id:guid}/above", ListOrganisationsAbove.HandleAsync).WithName("ListOrganisationsAbove");
        group.MapPut("/organisations/{id:guid}/parent", MoveOrganisation.HandleAsync).WithName("MoveOrganisation").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPut("/organisations/{id:guid}/name", RenameOrganisation.HandleAsync).WithName("RenameOrganisation");
        group.MapPut("/organisations/{id:guid}/school-type", RetypeSchool.HandleAsync).WithName("RetypeSchool");
        group.MapPut("/organisations/{id:guid}/closure", CloseOrganisation.HandleAsync).WithName("CloseOrganisation");
        group.MapPost("/organisations/{id:guid}/merger", MergeOrganisations.HandleAsync).WithName("MergeOrganisations").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/organisations/{id:guid}/split", SplitSchool.HandleAsync).WithName("SplitSchool");
        group.MapPost("/organisations/batch", CreateOrganisations.HandleAsync).WithName("CreateOrganisations").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/organisations/imports", ImportSchools.HandleAsync).WithName("ImportSchools").Accepts<string>("text/csv").WithMetadata(new RequestSizeLimitAttribute(ImportSchools.LargestFile)).WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/divisions", ImportDivisions.HandleAsync).WithName("ImportDivisions").Accepts<string>("text/csv").WithLongWork(TimeSpan.FromMinutes(1.9));
        group.MapPost("/republications", Republish.HandleAsync).WithName("Republish").WithLongWork(TimeSpan.FromMinutes(1.9));
    }
}
