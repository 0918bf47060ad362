using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Notices;

internal static class NoticeEndpoints
{
    public static void MapNotices(this WebApplication app)
    {
        var group = app.MapGroup("/api/identity").WithTags("Notices").RequireAuthorization();
        group.MapGet("/me/contact", GetContact.HandleAsync).WithName("GetContact");
        group.MapPut("/me/contact", ChangeContact.HandleAsync).WithName("ChangeContact").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/me/contact/codes", AskContactCode.HandleAsync).WithName("AskContactCode").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/me/contact/proofs", ProveContact.HandleAsync).WithName("ProveContact")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/deliveries/ways", ListWays.HandleAsync).WithName("ListWays").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/deliveries", ListGivenUp.HandleAsync).WithName("ListGivenUpDeliveries").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/deliveries/{id:guid}/retry", RetryDelivery.HandleAsync).WithName("RetryDelivery")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
