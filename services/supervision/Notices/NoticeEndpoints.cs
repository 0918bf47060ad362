using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Notices;

/// <summary>A person's own notices. Not audited: they are told to the reader and show nothing that the reader may not see.</summary>
internal static class NoticeEndpoints
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<MorningOptions>().BindConfiguration(MorningOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<NoticeCleaner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NoticeCleaner>());
        builder.Services.AddScoped<WaitingDigest>();
        builder.Services.AddScoped<GroupDigest>();
        builder.Services.AddHostedService<MorningTeller>();
    }

    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var notices = app.MapGroup("/api/supervision/notices").RequireAuthorization().WithTags("Notices").ProducesProblem(StatusCodes.Status401Unauthorized);

        notices.MapGet("", ListNotices.HandleAsync).WithName(nameof(ListNotices)).ProducesProblem(StatusCodes.Status400BadRequest);
        notices.MapGet("/count", CountNotices.HandleAsync).WithName(nameof(CountNotices));
        notices.MapPut("/{id:guid}/reading", ReadNotice.HandleAsync).WithName(nameof(ReadNotice)).ProducesProblem(StatusCodes.Status404NotFound);
        notices.MapPost("/readings", ReadNotices.HandleAsync).WithName(nameof(ReadNotices));
    }
}
