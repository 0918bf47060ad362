namespace Gengdu.Reporting.Outages;

internal static class OutageEndpoints
{
    public static void MapOutages(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/outages").WithTags("Deadlines").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapGet("", ListOutages.HandleAsync).WithName("ListOutages");
        group.MapPost("", DeclareOutage.HandleAsync).WithName("DeclareOutage")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
