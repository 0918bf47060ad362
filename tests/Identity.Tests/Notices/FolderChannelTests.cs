using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>
/// A telephone from its first naming to its first notice, with the gateway that ships for development: what the person's telephone
/// would show lies in a folder, and nothing here is read from anywhere else.
/// </summary>
public sealed partial class FolderChannelTests(FolderChannelTests.Fixture fixture) : IClassFixture<FolderChannelTests.Fixture>
{
    [Fact]
    public async Task Telephone_IsProvedByTheMessageThatCame_AndThenToldWhatIsUrgent()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        using var client = fixture.Host.CreateClient(person);
        var (phone, next) = ("13900000001", "13800000002");
        await NamedAsync(client, phone);

        // Not proved yet: nothing but a code goes there.
        await RaisedAsync(person, urgent: true);
        await SendAllAsync();
        Assert.Empty(await ReceivedAsync(phone));

        using var asked = await client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/codes"), new { channel = "sms" });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await SendAllAsync();
        var message = Assert.Single(await ReceivedAsync(phone));
        using var wrong = await ProveAsync(client, "sms", Code(message) == "000000" ? "000001" : "000000");
        Assert.Equal("IDN-0125", (await wrong.JsonAsync()).GetProperty("code").GetString());
        // A code for the telephone is none for the mailbox.
        using var other = await ProveAsync(client, "mail", Code(message));
        Assert.Equal("IDN-0126", (await other.JsonAsync()).GetProperty("code").GetString());
        using var right = await ProveAsync(client, "sms", Code(message));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        var contact = await right.JsonAsync();
        Assert.Equal((true, false), (contact.GetProperty("phoneProved").GetBoolean(), contact.GetProperty("mailProved").GetBoolean()));

        await RaisedAsync(person, urgent: true);
        await RaisedAsync(person, urgent: false);
        await SendAllAsync();
        await SendAllAsync();
        var notice = Assert.Single(await ReceivedAsync(phone), text => text != message);
        Assert.StartsWith("省级已确认 ", notice, StringComparison.Ordinal);
        Assert.EndsWith("/fill", notice, StringComparison.Ordinal);

        // Another number has to be proved anew, and hears nothing until then.
        await NamedAsync(client, next);
        await RaisedAsync(person, urgent: true);
        await SendAllAsync();
        Assert.Empty(await ReceivedAsync(next));
        Assert.Equal(2, (await ReceivedAsync(phone)).Count);
    }

    private static async Task NamedAsync(HttpClient client, string phone)
    {
        // Quiet from seven to seven is never: the test's clock may stand in the night.
        using var response = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), new { email = (string?)null, phone, language = "zh", mail = "daily", sms = true, quietFrom = 7, quietTo = 7, digestHour = 8 });
        response.EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> ProveAsync(HttpClient client, string channel, string code) => client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/proofs"), new { channel, code });

    private async Task RaisedAsync(Guid person, bool urgent)
    {
        var now = fixture.Host.Clock.GetUtcNow();
        await fixture.Host.Events.DeliverAsync(new NoticeRaised
        {
            NoticeId = Guid.CreateVersion7(now), PersonId = person, OrganisationId = Guid.CreateVersion7(now), Kind = "modules-accepted", Link = "/fill", Urgent = urgent, RaisedAt = now,
            Args = new Dictionary<string, string> { ["organisationZh"] = "学校", ["organisationEn"] = "School" },
        });
    }

    private async Task SendAllAsync()
    {
        var (sender, channel) = (fixture.Host.Services.GetRequiredService<DeliverySender>(), fixture.Host.Services.GetServices<IChannel>().Single(one => one.Name == Channels.Sms));
        while (await sender.SendDueAsync(channel, TestContext.Current.CancellationToken) > 0)
        {
            // There may be more.
        }
    }

    /// <summary>The texts that a telephone got.</summary>
    private async Task<List<string>> ReceivedAsync(string phone)
    {
        var folder = new DirectoryInfo(Path.Combine(fixture.Host.Folder, Channels.Sms));
        var texts = new List<string>();
        foreach (var file in folder.Exists ? folder.GetFiles("*.txt") : [])
        {
            var lines = await File.ReadAllLinesAsync(file.FullName, TestContext.Current.CancellationToken);
            if (lines[0] == phone)
            {
                texts.Add(lines[1]);
            }
        }

        return texts;
    }

    private static string Code(string message) => SixDigits().Match(message).Value;

    [GeneratedRegex(@"(?<![0-9])[0-9]{6}(?![0-9])")]
    private static partial Regex SixDigits();

    public sealed class Fixture : IAsyncLifetime
    {
        internal FolderHost Host { get; } = new();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    internal sealed class FolderHost : IdentityHost
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("gengdu-sms-").FullName;

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            // The test says when.
            settings["Notices:Sends"] = "false";
            settings["Notices:Sms:Transport"] = "Folder";
            settings["Notices:Folder"] = Folder;
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
