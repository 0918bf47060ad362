using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Notices;
using Gengdu.Identity.Protocol;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>Mail over a real connection to a server that does as it should, refuses, is away, hangs, or offers no TLS.</summary>
public sealed class SmtpChannelTests : IAsyncDisposable
{
    private const string Home = "https://gengdu.example";
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);
    private readonly SmtpListener _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("zh", "填报被退回：学校概况", "长安区第一小学的填报“学校概况”被县级退回，请按退回原因修改后重新上报，期限 2026-09-20 18:00。")]
    [InlineData("en", "Returned for correction: Overview", "The county returned the report “Overview” of Changan Primary. Correct what was noted and submit it again by 2026-09-20 18:00.")]
    public async Task Mail_SaysItInThePersonsLanguageAndLeadsToTheAct(string language, string title, string text)
    {
        var outgoing = Message([Returned()], language: language);
        Assert.Equal([new Outcome.Sent()], await SendAsync([outgoing]));
        var mail = await MailAsync();
        Assert.Equal((title, "someone@school.example", $"{outgoing.Id}@gengdu.example"), (mail.Subject, mail.To.Mailboxes.Single().Address, mail.MessageId));
        Assert.Contains(text, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{Home}/fill/0198/modules/basic?at=classes%2Fg1", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Home}/fill/0198/modules/basic?at=classes%2Fg1\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"{Home}/notices/settings", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task Digest_IsOneMail()
    {
        await SendAsync([Message([Returned(), Returned(), Returned()])]);
        var mail = await MailAsync();
        Assert.Equal("3 条通知：填报被退回：学校概况 等", mail.Subject);
        Assert.Equal(3, mail.TextBody!.Split($"{Home}/fill/").Length - 1);
    }

    /// <summary>Names come from people: a school may be called anything.</summary>
    [Theory]
    [InlineData("x\r\nBcc: everybody@evil.example\r\n\r\nbody")]
    [InlineData("x\nBcc: everybody@evil.example")]
    [InlineData("<img src=x onerror=alert(1)>\"'&")]
    [InlineData("=?utf-8?B?QmNjOg==?=\u2028Bcc: everybody@evil.example")]
    public async Task Mail_WithAHostileName_HoldsItAsText(string name)
    {
        await SendAsync([Message([Returned(name)])]);
        var mail = await MailAsync();
        Assert.Null(mail.Headers["Bcc"]);
        Assert.Empty(mail.Bcc);
        Assert.Equal("someone@school.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mail.Subject!);
        Assert.Contains("alert(1)".Length > 0 && name.Contains("alert", StringComparison.Ordinal) ? "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;" : "everybody@evil.example", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsRefusedForGood_HoldsUpNobody()
    {
        _server.Answer = line => line.StartsWith("RCPT TO:<gone@", StringComparison.Ordinal) ? "550 no such user" : null;
        Assert.Equal([new Outcome.Refused("550"), new Outcome.Sent()], await SendAsync([Message([Returned()], "gone@school.example"), Message([Returned()])]));
        Assert.Single(_server.Mails);
    }

    [Theory]
    [InlineData("RCPT", "451 later")]
    [InlineData("MAIL", "554 policy")]
    [InlineData("DATA", "452 full")]
    public async Task Refusal_ThatIsNotTheAddresss_IsTriedAgain(string command, string answer)
    {
        _server.Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        Assert.Equal([new Outcome.Failed(answer[..3])], await SendAsync([Message([Returned()])]));
    }

    [Fact]
    public async Task Server_ThatIsDown_IsAwayAndAskedOnce()
    {
        _server.GoDown();
        Assert.IsType<Outcome.Away>(Assert.Single(await SendAsync([Message([Returned()]), Message([Returned()])])));
    }

    [Fact]
    public async Task Server_ThatHangs_IsAway()
    {
        _server.Answer = _ => "";
        Assert.IsType<Outcome.Away>(Assert.Single(await SendAsync([Message([Returned()]), Message([Returned()])], options => options with { TimeoutSeconds = 1 })));
    }

    [Fact]
    public async Task Server_WithoutTls_GetsNothingWhenTlsIsAskedFor()
    {
        Assert.IsType<Outcome.Away>(Assert.Single(await SendAsync([Message([Returned()])], options => options with { Tls = MailTls.StartTls })));
        Assert.Empty(_server.Mails);
    }

    private async Task<List<Outcome>> SendAsync(IReadOnlyList<Outgoing> messages, Func<MailOptions, MailOptions>? change = null)
    {
        var mail = new MailOptions { Transport = Transport.Network, Host = "127.0.0.1", Port = _server.Port, Tls = MailTls.None, From = "notices@gengdu.example", TimeoutSeconds = 60 };
        var channel = new SmtpChannel(Options.Create(new NoticeOptions { Mail = change?.Invoke(mail) ?? mail }), Options.Create(new ProtocolOptions { Issuer = $"{Home}/identity" }), TimeProvider.System);
        var outcomes = new List<Outcome>();
        await channel.SendAsync(messages, (_, outcome) =>
        {
            outcomes.Add(outcome);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return outcomes;
    }

    private async Task<MimeMessage> MailAsync() => await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(_server.Mails))));

    private static Outgoing Message(IReadOnlyList<Delivery> deliveries, string to = "someone@school.example", string language = "zh") => new(deliveries[0].Id.ToString("N"), to, language, deliveries);

    private static Delivery Returned(string module = "学校概况") => Delivery.Of(
        new NoticeRaised
        {
            NoticeId = Guid.CreateVersion7(Now), PersonId = Guid.CreateVersion7(Now), OrganisationId = Guid.CreateVersion7(Now), Kind = "module-returned", Link = "/fill/0198/modules/basic?at=classes%2Fg1", Urgent = true, RaisedAt = Now,
            Args = new Dictionary<string, string>
            {
                ["moduleZh"] = module, ["moduleEn"] = "Overview", ["organisationZh"] = "长安区第一小学", ["organisationEn"] = "Changan Primary", ["levelZh"] = "县级", ["levelEn"] = "county", ["dueAt"] = "2026-09-20T10:00:00Z",
            },
        }, Channels.Mail, Now, Now);
}
