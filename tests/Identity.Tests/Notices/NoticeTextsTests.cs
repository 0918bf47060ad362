using System.Text.Json;
using System.Text.RegularExpressions;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Notices;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>Each kind in each language, filled: nothing left open, nothing empty.</summary>
public sealed partial class NoticeTextsTests
{
    public static TheoryData<string, string> Kinds()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in NoticeTexts.All)
        {
            data.Add(kind, "zh");
            data.Add(kind, "en");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Text_FilledWithAllThereIs_AndWithWhatIsNeededAlone_IsWhole(string kind, string language)
    {
        using var source = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("contracts", "Supervision", "notice-kinds.json")));
        var words = source.RootElement.GetProperty(kind).GetProperty(language);
        var template = words.GetProperty("title").GetString() + words.GetProperty("text").GetString();
        var all = Hole().Matches(template).Select(m => m.Groups[1].Value).ToHashSet();
        var needed = Hole().Matches(Optional().Replace(template, "")).Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var names in new[] { all, needed })
        {
            var filled = NoticeTexts.Fill(kind, names.ToDictionary(name => name, name => name.EndsWith("At", StringComparison.Ordinal) ? "2026-09-20T10:00:00Z" : $"<{name}>"), language);
            Assert.DoesNotMatch(@"[{}\[\]]", filled.Title + filled.Text);
            Assert.All(names, name => Assert.Contains(name.EndsWith("At", StringComparison.Ordinal) ? "2026-09-20 18:00" : $"<{name}>", filled.Title + filled.Text, StringComparison.Ordinal));
            Assert.True(filled.Title.Length is > 0 and < 120 && filled.Text.Length > 0);
        }
    }

    /// <summary>Each page a kind may lead to, as it stands in a mail; that the app has it: web/src/features/notices/links.test.ts.</summary>
    [Fact]
    public void Mail_OfEachKind_LeadsToEachOfItsPages()
    {
        using var source = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("contracts", "Supervision", "notice-kinds.json")));
        var now = new DateTimeOffset(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);
        foreach (var kind in source.RootElement.EnumerateObject())
        {
            foreach (var link in kind.Value.GetProperty("links").EnumerateArray().Select(link => Hole().Replace(link.GetString()!, "a1")))
            {
                var notice = new NoticeRaised { NoticeId = Guid.Empty, PersonId = Guid.Empty, OrganisationId = Guid.Empty, Kind = kind.Name, Args = new Dictionary<string, string>(), Link = link, Urgent = true, RaisedAt = now };
                var mail = MailComposer.Compose(new("id", "a@b.cn", "zh", [Delivery.Of(notice, Channels.Mail, now, now)]), new() { From = "from@b.cn" }, "https://gengdu.example");
                Assert.Contains($"\nhttps://gengdu.example{link}\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
                Assert.Contains($"href=\"https://gengdu.example{link.Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.HtmlBody!, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Supervision may be newer than identity.</summary>
    [Fact]
    public void Kind_ThatIsNotKnownYet_StillLeadsToThePage() => Assert.Equal("有一条新通知", NoticeTexts.Fill("of-next-year", new Dictionary<string, string>(), "zh").Title);

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Optional();
}
