using System.Net;
using System.Text.RegularExpressions;
using Gengdu.Identity.Protocol.TwoFactor;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Identity as in a real province: reviewers and above need a second factor.</summary>
internal sealed partial class TwoFactorHost : ProtocolHost
{
    public const string Password = "a good password";

    /// <summary>Walks through the set-up of the page shown; returns the app's secret and the page with the recovery codes.</summary>
    public async Task<(byte[] Secret, HttpResponseMessage Codes)> SetUpAsync(Browser browser, HttpResponseMessage page)
    {
        var secret = SecretOn(await page.Content.ReadAsStringAsync());
        var answer = await browser.SubmitAsync(page, "/identity/second-factor/setup", ("code", CodeNow(secret)));
        return (secret, await browser.FollowAsync(answer));
    }

    /// <summary>A person who has the factor, the app's secret and the recovery codes; each call moves the clock past the code used.</summary>
    public async Task<(Guid Id, string UserName, byte[] Secret, IReadOnlyList<string> Codes)> EnrolledAsync(string role = "county-reviewer", string code = "130102")
    {
        var userName = $"factor-{Guid.CreateVersion7(Clock.GetUtcNow()):n}";
        var id = await this.PersonAsync(role, code, userName, Password);
        using var browser = Browser();
        var (secret, codes) = await SetUpAsync(browser, await browser.FollowAsync(await browser.PasswordAsync(userName, Password)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        return (id, userName, secret, CodesOn(await codes.Content.ReadAsStringAsync()));
    }

    public string CodeNow(byte[] secret, int steps = 0) => Totp.CodeAt(secret, Totp.StepOf(Clock.GetUtcNow()) + steps);

    public static byte[] SecretOn(string html)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = Key().Match(html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var bits = string.Concat(text.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    public static IReadOnlyList<string> CodesOn(string html) => [.. Codes().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings.Remove("Identity:SecondFactor:Required");
    }

    [GeneratedRegex("class=\"key\">([^<]*)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([^<]*)</code></li>")]
    private static partial Regex Codes();
}

public sealed class TwoFactorFixture : IAsyncLifetime
{
    internal TwoFactorHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
