namespace Gengdu.Reporting.Cycles;

internal static class CycleEndpoints
{
    public static void MapCycles(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/cycles").WithTags("Cycles").RequireAuthorization();
        group.MapGet("", ListCycles.Handle).WithName("ListCycles");
        group.MapGet("/{id:guid}", GetCycle.Handle).WithName("GetCycle");
        group.MapPost("", CreateCycle.Handle).WithName("CreateCycle");
        group.MapPost("/{id:guid}/opening", OpenCycle.Handle).WithName("OpenCycle");
        group.MapPost("/{id:guid}/closing", CloseCycle.Handle).WithName("CloseCycle");
        group.MapPost("/{id:guid}/extensions", GrantExtension.Handle).WithName("GrantExtension");
    }
}
