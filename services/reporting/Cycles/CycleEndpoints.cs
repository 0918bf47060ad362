using Gengdu.Reporting.ModuleReports;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Cycles;

internal static class CycleEndpoints
{
    public static void MapCycles(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/cycles").WithTags("Cycles").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ListCycles.HandleAsync).WithName("ListCycles");
        group.MapGet("/{id:guid}", GetCycle.HandleAsync).WithName("GetCycle");
        group.MapPost("", CreateCycle.HandleAsync).WithName("CreateCycle").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/{id:guid}/opening", OpenCycle.HandleAsync).WithName("OpenCycle").WithLongWork(TimeSpan.FromMinutes(1.9)).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/closing", CloseCycle.HandleAsync).WithName("CloseCycle").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/extensions", GrantExtension.HandleAsync).WithName("GrantExtension")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapGet("/api/reporting/working-days/{day}", GetWorkingDay.Handle).WithTags("Deadlines").RequireAuthorization().WithName("GetWorkingDay")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapGet("/{id:guid}/programme-versions", ListProgrammeChanges.HandleAsync).WithName("ListProgrammeChanges");
        group.MapPost("/{id:guid}/programme-version", ChangeProgrammeVersion.HandleAsync).WithName("ChangeProgrammeVersion").WithLongWork(TimeSpan.FromMinutes(1.9)).Changes();
    }
}
