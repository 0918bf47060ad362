using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>Identity with a mail server and a webhook of the test's own.</summary>
internal sealed class NoticeHost : IdentityHost
{
    public const string Secret = "secret-of-a-webhook";

    public SmtpListener Mail { get; } = new();

    public HookListener Hook { get; } = new();

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        // The tests say when, and a moved clock wakes nobody else.
        settings["Notices:Sends"] = "false";
        settings["Notices:Mail:Transport"] = "Network";
        settings["Notices:Mail:Host"] = "127.0.0.1";
        settings["Notices:Mail:Port"] = Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["Notices:Mail:Tls"] = "None";
        settings["Notices:Mail:From"] = "notices@gengdu.example";
        settings["Notices:Webhooks:desk:Address"] = Hook.Address;
        settings["Notices:Webhooks:desk:Secret"] = Secret;
        settings["Notices:Webhooks:desk:AllowPrivate"] = "true";
        settings["Notices:Webhooks:desk:Kinds:0"] = "urged";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        Hook.Dispose();
    }
}

public sealed class NoticeFixture : IAsyncLifetime
{
    internal NoticeHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal DateTimeOffset Now => Host.Clock.GetUtcNow();

    /// <summary>Somebody with an address that only this test uses.</summary>
    internal async Task<(Guid Id, string Address)> PersonAsync()
    {
        var id = await Host.PersonAsync(Roles.Reporter, "130102");
        var address = $"{id:N}@school.example";
        await ProvedAsync(id, address);
        return (id, address);
    }

    /// <summary>As if the address had been proved.</summary>
    internal Task ProvedAsync(Guid person, string address, string? phone = null) => Host.InDatabaseAsync(async db =>
    {
        await db.People.Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, address).SetProperty(p => p.PhoneNumber, phone));
        db.Add(new NoticeSettings { PersonId = person, MailProvedAt = Now, PhoneProvedAt = Now });
        await db.SaveChangesAsync();
    });

    /// <summary>The person names an address.</summary>
    internal static async Task<string> NamedAsync(HttpClient client, string address)
    {
        using var response = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), new { email = address, phone = (string?)null, language = "zh", mail = "daily", sms = true, quietFrom = 22, quietTo = 7, digestHour = 8 });
        response.EnsureSuccessStatusCode();
        return address;
    }

    /// <summary>The code that is on its way to the person.</summary>
    internal Task<string> CodeAsync(Guid person) =>
        Host.InDatabaseAsync(async db => (await db.Deliveries.AsNoTracking().SingleAsync(d => d.PersonId == person && d.Kind == ContactCode.Kind)).Args["code"]);

    internal async Task<NoticeRaised> RaisedAsync(Guid person, bool urgent = true, string kind = "modules-accepted")
    {
        var notice = new NoticeRaised
        {
            NoticeId = Guid.CreateVersion7(Now), PersonId = person, OrganisationId = Guid.CreateVersion7(Now), Kind = kind, Link = "/fill", Urgent = urgent, RaisedAt = Now,
            Args = new Dictionary<string, string> { ["organisationZh"] = "学校", ["organisationEn"] = "School", ["levelZh"] = "县级", ["levelEn"] = "county" },
        };
        await Host.Events.DeliverAsync(notice);
        return notice;
    }

    internal async Task<int?> SendAsync(string channel = Channels.Mail)
    {
        var sender = Host.Services.GetRequiredService<DeliverySender>();
        return await sender.SendDueAsync(Host.Services.GetServices<IChannel>().Single(one => one.Name == channel), CancellationToken.None);
    }

    /// <summary>Sends until nothing is due: other tests' mails go along.</summary>
    internal async Task SendAllAsync(string channel = Channels.Mail)
    {
        while (await SendAsync(channel) > 0)
        {
            // There may be more.
        }
    }

    internal List<string> MailsTo(string address) => [.. Host.Mail.Mails.Where(mail => mail.Contains($"To: {address}", StringComparison.Ordinal))];

    internal Task<Delivery> DeliveryAsync(NoticeRaised notice, string channel = Channels.Mail) =>
        Host.InDatabaseAsync(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.NoticeId == notice.NoticeId && d.Channel == channel));
}

/// <summary>Receives webhooks.</summary>
internal sealed class HookListener : IDisposable
{
    private readonly HttpListener _listener = new();

    public HookListener()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/in/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public int Status { get; set; } = 204;

    public ConcurrentQueue<(string Body, string Signature, string Delivery)> Taken { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                Taken.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers["Gengdu-Signature"] ?? "", context.Request.Headers["Gengdu-Delivery"] ?? ""));
                context.Response.StatusCode = Status;
                context.Response.Headers["Location"] = "http://127.0.0.1:1/elsewhere";
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }
}
