using Gengdu.Analytics.Feed.Keys;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;

namespace Gengdu.Analytics.Feed;

internal static class FeedEndpoints
{
    // A page on a slow line; the gateway has a little more.
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(55);

    public static void AddFeed(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<FeedOptions>().BindConfiguration(FeedOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<FeedReader>().AddSingleton<FeedQuota>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, FeedKeyAuthentication>(FeedKeyAuthentication.SchemeName, null);
    }

    public static void MapFeed(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/analytics/feed-keys").WithTags("Data feed").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        keys.MapGet("", ListFeedKeys.HandleAsync).WithName("ListFeedKeys");
        keys.MapPost("", MakeFeedKey.HandleAsync).WithName("MakeFeedKey")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        keys.MapDelete("/{id:guid}", RemoveFeedKey.HandleAsync).WithName("RemoveFeedKey").ProducesProblem(StatusCodes.Status404NotFound);

        // By key alone: a session has pages for all of this, and a token of another system has the events.
        var feed = routes.MapGroup("/api/analytics/feed").WithTags("Data feed").WithLongWork(Budget)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(FeedKeyAuthentication.SchemeName).RequireAuthenticatedUser());
        feed.MapGet("", GetFeed.HandleAsync).WithName("GetFeed").Produces<object>(StatusCodes.Status200OK, "application/json");
        feed.MapGet("/$metadata", GetFeedMetadata.HandleAsync).WithName("GetFeedMetadata").Produces<string>(StatusCodes.Status200OK, "application/xml");
        feed.MapGet("/{set}", ReadFeedSet.HandleAsync).WithName("ReadFeedSet").Produces<object>(StatusCodes.Status200OK, "application/json");
        feed.MapGet("/{set}/$count", CountFeedSet.HandleAsync).WithName("CountFeedSet").Produces<string>(StatusCodes.Status200OK, "text/plain");
    }
}
