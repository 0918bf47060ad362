namespace Gengdu.Reporting.Checks;

internal static class CheckEndpoints
{
    public static void MapChecks(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/reporting/checks", CheckReceipt.HandleAsync).WithName("CheckReceipt").WithTags("Public check").AllowAnonymous()
            .ProducesProblem(StatusCodes.Status404NotFound);
}
