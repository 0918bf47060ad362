namespace Gengdu.Supervision.Returns;

internal static class ReturnEndpoints
{
    public static void MapReturns(this IEndpointRouteBuilder app)
    {
        var returns = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Returns")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        returns.MapGet("/return-reasons", GetReturnReasons.HandleAsync).WithName(nameof(GetReturnReasons));
        returns.MapGet("/return-phrases", ListReturnPhrases.HandleAsync).WithName(nameof(ListReturnPhrases));
        returns.MapPost("/return-phrases", AddReturnPhrase.HandleAsync).WithName(nameof(AddReturnPhrase))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        returns.MapDelete("/return-phrases/{id:guid}", RemoveReturnPhrase.HandleAsync).WithName(nameof(RemoveReturnPhrase));
    }
}
