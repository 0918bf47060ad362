namespace Gengdu.Reporting.Programmes;

internal static class ProgrammeEndpoints
{
    public static void MapProgrammes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/programmes").WithTags("Programmes").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ListProgrammes.HandleAsync).WithName("ListProgrammes");
        group.MapGet("/{key}/versions/{version}", GetProgrammeVersion.HandleAsync).WithName("GetProgrammeVersion")
            .Produces<ProgrammeBundleResponse>();
    }
}
