using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A reviewer makes a key on the page, a spreadsheet reads with it through the gateway, page by page, and no longer once it is removed.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class FeedTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task Reviewer_MakesAKey_ASpreadsheetReadsWithIt_UntilItIsRemoved(int width, string locale)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var reviewer = await browser.PersonAsync(province.System.Address, People.Reviewer(People.TriedCounty), province.Options.Password, width, locale);
        await reviewer.GoAsync("/feed");
        await reviewer.LookAsync($"feed-before-{width}");
        var name = $"Excel {width}";
        await reviewer.Page.GetByTestId("make-key").ClickAsync();
        await reviewer.Page.GetByTestId("key-name").FillAsync(name);
        await reviewer.Page.GetByTestId("key-days").SelectOptionAsync("30");
        await reviewer.LookAsync($"feed-making-{width}");
        await reviewer.Page.GetByTestId("confirm-key").ClickAsync();
        await Expect(reviewer.Page.GetByTestId("made-key")).ToBeVisibleAsync();
        await reviewer.LookAsync($"feed-made-{width}");
        var (address, user, secret) = (await ValueAsync("address"), await ValueAsync("userName"), await ValueAsync("secret"));

        using var sheet = new HttpClient();
        using (var asked = await sheet.GetAsync(new Uri(address), cancel))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "Basic"), (asked.StatusCode, asked.Headers.WwwAuthenticate.Single().Scheme));
        }

        sheet.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
        sheet.DefaultRequestHeaders.Add("Prefer", "odata.maxpagesize=50");
        var sets = (await ReadAsync(address)).GetProperty("value").EnumerateArray().Select(set => set.GetProperty("url").GetString()!).ToList();
        Assert.Equal(6, sets.Count);
        Assert.Contains("EntityContainer", await sheet.GetStringAsync(new Uri($"{address}/$metadata"), cancel), StringComparison.Ordinal);
        foreach (var set in sets)
        {
            var (rows, count) = (0, int.Parse(await sheet.GetStringAsync(new Uri($"{address}/{set}/$count"), cancel), global::System.Globalization.CultureInfo.InvariantCulture));
            for (string? next = $"{address}/{set}"; next is not null && rows < 500;)
            {
                Assert.StartsWith(address, next, StringComparison.Ordinal);
                var page = await ReadAsync(next);
                rows += page.GetProperty("value").GetArrayLength();
                next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            }

            Assert.True(rows == count || rows >= 500, $"{set}: {rows} of {count}");
            Assert.True(rows > 0, set);
        }

        await reviewer.Page.GetByTestId("key-kept").ClickAsync();
        await reviewer.Page.ReloadAsync();
        var own = reviewer.Page.GetByTestId("feed-keys").Locator("> li").Filter(new() { HasText = name });
        await Expect(own).ToContainTextAsync(user);
        await reviewer.LookAsync($"feed-used-{width}");
        await own.GetByTestId("remove-key").ClickAsync();
        await reviewer.Page.GetByTestId("confirm-remove").ClickAsync();
        await Expect(own).ToHaveCountAsync(0);
        using var refused = await sheet.GetAsync(new Uri($"{address}/Cycles"), cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("ANA-0080", await refused.Content.ReadAsStringAsync(cancel), StringComparison.Ordinal);

        Task<string> ValueAsync(string line) => reviewer.Page.GetByTestId($"made-{line}").InputValueAsync();

        async Task<JsonElement> ReadAsync(string at)
        {
            using var answer = await sheet.GetAsync(new Uri(at), cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{at}: {answer.StatusCode} {text}");
            return JsonDocument.Parse(text).RootElement.Clone();
        }
    }
}
