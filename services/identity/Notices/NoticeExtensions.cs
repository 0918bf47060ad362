using Gengdu.Identity.Protocol;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Notices;

internal static class NoticeExtensions
{
    /// <summary>The ways to people that the configuration names, and who sends along them.</summary>
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateDataAnnotations();
        var options = builder.Configuration.GetSection(NoticeOptions.Section).Get<NoticeOptions>() ?? new();
        builder.Services.AddHttpClient(Outbound.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => Outbound.Handler(allowPrivate: false));
        builder.Services.AddHttpClient(Outbound.HttpClientWithinName).ConfigurePrimaryHttpMessageHandler(() => Outbound.Handler(allowPrivate: true));
        builder.Services.AddScoped<DeliveryQueue>();
        builder.Services.AddSingleton<DeliverySender>();
        if (options.Sends)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<DeliverySender>());
        }

        builder.Services.AddSingleton<DeliveryCleaner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DeliveryCleaner>());
        switch (options.Mail.Transport)
        {
            case Transport.Network:
                builder.Services.AddSingleton<IChannel, SmtpChannel>();
                break;
            case Transport.Folder:
                builder.Services.AddSingleton<IChannel>(services => ActivatorUtilities.CreateInstance<FolderChannel>(services, Channels.Mail));
                break;
            default:
                break;
        }

        switch (options.Sms.Transport)
        {
            case Transport.Network:
                builder.Services.AddSingleton<IChannel>(services => Post(services, Channels.Sms, options.Sms.Address, options.Sms.Secret, options.Sms.AllowPrivate,
                    outgoing => new { id = outgoing.Id, to = outgoing.To, language = outgoing.Language, text = MessageText.Of(outgoing, Home(services)) }));
                break;
            case Transport.Folder:
                builder.Services.AddSingleton<IChannel>(services => ActivatorUtilities.CreateInstance<FolderChannel>(services, Channels.Sms));
                break;
            default:
                break;
        }

        foreach (var (name, hook) in options.Webhooks)
        {
            // Ids and codes: who the person is, is asked with the rights of the receiver.
            builder.Services.AddSingleton<IChannel>(services => Post(services, Channels.WebhookPrefix + name, hook.Address, hook.Secret, hook.AllowPrivate, outgoing =>
            {
                var notice = outgoing.Deliveries[0];
                return new { id = notice.NoticeId, notice.PersonId, notice.OrganisationId, notice.Kind, notice.Args, link = Home(services) + notice.Link, notice.Urgent, notice.RaisedAt };
            }));
        }
    }

    private static PostChannel Post(IServiceProvider services, string name, string address, string secret, bool allowPrivate, Func<Outgoing, object> body) => new(
        name, new(address), secret, services.GetRequiredService<IHttpClientFactory>().CreateClient(allowPrivate ? Outbound.HttpClientWithinName : Outbound.HttpClientName),
        body, services.GetRequiredService<TimeProvider>());

    private static string Home(IServiceProvider services) => services.GetRequiredService<IOptions<ProtocolOptions>>().Value.HomeAddress;
}
