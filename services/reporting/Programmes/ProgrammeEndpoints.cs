namespace Gengdu.Reporting.Programmes;

internal static class ProgrammeEndpoints
{
    public static void MapProgrammes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/programmes").WithTags("Programmes").RequireAuthorization();
        group.MapGet("", ListProgrammes.Handle).WithName("ListProgrammes");
        group.MapGet("/{key}/versions/{version}", GetProgrammeVersion.Handle).WithName("GetProgrammeVersion")
            .Produces<ProgrammeBundleResponse>();
    }
}
