using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Passwords that take long to check, as on a small machine: the queue is short, and the rest of the server answers.</summary>
public sealed class SignInFloodTests(SignInFloodTests.Fixture fixture) : IClassFixture<SignInFloodTests.Fixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_ManyAtOnce_SomeAreAskedToComeBack_AndKeysAreServedMeanwhile()
    {
        var pages = new List<(Browser Browser, HttpResponseMessage Page)>();
        for (var i = 0; i < 24; i++)
        {
            var browser = _host.Browser();
            pages.Add((browser, await browser.GetAsync((await browser.AuthorizeAsync()).Headers.Location!.ToString())));
        }

        var flood = pages.Select(p => p.Browser.FillInAsync(p.Page, "nobody-here", "wrong password")).ToArray();
        using var client = _host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/identity/jwks")).StatusCode);
        var answers = await Task.WhenAll(flood);
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable]));
        var busy = answers.First(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(busy.Headers.RetryAfter);
        Assert.Contains("role=\"alert\"", await busy.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        pages.ForEach(p => p.Browser.Dispose());
    }

    private sealed class SlowHost : ProtocolHost
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["PasswordHashing:Iterations"] = "1000000";
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal ProtocolHost Host { get; } = new SlowHost();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
