namespace Gengdu.Reporting.Exemptions;

internal static class ExemptionEndpoints
{
    public static void MapExemptions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting").WithTags("Deadlines").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/cycles/{id:guid}/exemption-requests", ListExemptionRequests.HandleAsync).WithName("ListExemptionRequests");
        group.MapPost("/reports/{id:guid}/exemption-request", AskExemption.HandleAsync).WithName("AskExemption")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/reports/{id:guid}/exemption-decision", DecideExemption.HandleAsync).WithName("DecideExemption")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
