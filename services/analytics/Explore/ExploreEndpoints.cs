using Gengdu.Analytics.Explore.Boards;

namespace Gengdu.Analytics.Explore;

internal static class ExploreEndpoints
{
    public static void AddExplore(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CountedFacts>().AddSingleton<Explorer>()
        .AddSingleton<ViewSender>().AddHostedService(provider => provider.GetRequiredService<ViewSender>());

    public static void MapExplore(this IEndpointRouteBuilder routes)
    {
        var explore = routes.MapGroup("/api/analytics/explore").WithTags("Explore").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        explore.MapGet("/table", ExploreFigures.HandleAsync).WithName("ExploreFigures");
        explore.MapGet("/views", ListViews.HandleAsync).WithName("ListViews");
        explore.MapPost("/views", SaveView.HandleAsync).WithName("SaveView").ProducesProblem(StatusCodes.Status409Conflict);
        explore.MapGet("/views/{id:guid}", GetView.HandleAsync).WithName("GetView");
        explore.MapPut("/views/{id:guid}", ChangeView.HandleAsync).WithName("ChangeView").ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        explore.MapDelete("/views/{id:guid}", RemoveView.HandleAsync).WithName("RemoveView");
        explore.MapGet("/boards", ListBoards.HandleAsync).WithName("ListBoards");
        explore.MapPost("/boards", CreateBoard.HandleAsync).WithName("CreateBoard").ProducesProblem(StatusCodes.Status409Conflict);
        explore.MapGet("/boards/{id:guid}", GetBoard.HandleAsync).WithName("GetBoard");
        explore.MapPut("/boards/{id:guid}", ChangeBoard.HandleAsync).WithName("ChangeBoard").ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        explore.MapDelete("/boards/{id:guid}", RemoveBoard.HandleAsync).WithName("RemoveBoard");
    }
}
