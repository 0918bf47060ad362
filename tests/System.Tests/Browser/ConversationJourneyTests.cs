using System.Text.RegularExpressions;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A school asks at a cell on its phone before anything is submitted; its county answers from the notice, by keyboard; the school is mentioned and strikes what it wrote.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ConversationJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int School = 1;
    private const string Question = "复式教学班按几个班填？";

    [Fact]
    public async Task Asked_Told_Answered_Mentioned_Struck()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (address, password, school) = (province.System.Address, province.Options.Password, province.People.Untouched[School]);
        await using var reporter = await browser.PersonAsync(address, People.Own("reporter", School), password, 390);
        await reporter.OpenModuleAsync("curriculum");
        await reporter.Page.Locator("[data-act=details]").First.ClickAsync();
        var cell = reporter.Page.GetByTestId("cell-talk");
        await cell.GetByTestId("talk-text").FillAsync(Question);
        await Expect(cell).ToContainTextAsync("县级审核");
        await cell.GetByTestId("talk-send").ClickAsync();
        await Expect(cell.GetByTestId("message")).ToContainTextAsync(Question);
        await reporter.LookAsync("talk-cell-390");

        await using var reviewer = await browser.PersonAsync(address, People.Reviewer(People.TriedCounty), password, 1440, "en");
        await FollowAsync(reviewer, "wrote about", school.NameEn, cancel);
        var panel = reviewer.Page.GetByTestId("talk-panel");
        await Expect(panel.GetByTestId("message")).ToContainTextAsync(Question);
        await reviewer.LookAsync("talk-review-1440");
        await panel.GetByTestId("mentions").Locator("summary").PressAsync("Enter");
        await panel.GetByTestId("mentions").GetByLabel(new Regex("Reporter")).First.PressAsync("Space");
        await panel.GetByTestId("talk-text").FillAsync("按一个班填，并在备注里写明。");
        await reviewer.LookAsync("talk-mention-1440");
        await panel.GetByTestId("talk-text").PressAsync("Control+Enter");
        await Expect(panel.GetByTestId("message")).ToHaveCountAsync(2);
        await reviewer.Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);

        await FollowAsync(reporter, "对话中提醒您", school.NameZh, cancel);
        var own = reporter.Page.GetByTestId("talk-panel");
        await Expect(own.GetByTestId("message").Nth(1)).ToContainTextAsync("按一个班填");
        await reporter.LookAsync("talk-390");
        await own.Locator("[data-act=strike]").ClickAsync();
        await own.Locator("[data-act=strike-yes]").ClickAsync();
        await Expect(own.GetByTestId("message").First).Not.ToContainTextAsync(Question);
        await reporter.LookAsync("talk-struck-390");
    }

    /// <summary>By the notice, as whoever is told does.</summary>
    private static Task<bool> FollowAsync(Person person, string words, string about, CancellationToken cancel) => Eventually.BecomesAsync(async () =>
    {
        await person.GoAsync("/notices");
        var notice = person.Page.GetByTestId("notices").GetByRole(AriaRole.Link).Filter(new() { HasText = words }).Filter(new() { HasText = about }).First;
        try
        {
            await notice.WaitForAsync(new() { Timeout = 3_000 });
        }
        catch (TimeoutException)
        {
            return false;
        }

        await notice.ClickAsync();
        await person.Page.GetByTestId("talk-panel").WaitForAsync();
        return true;
    }, followed => followed, $"a notice with {words} leads to the conversation", cancel);
}
