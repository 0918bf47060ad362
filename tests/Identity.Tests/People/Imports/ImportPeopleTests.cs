using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People.Imports;

public sealed class ImportPeopleTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_MakesTheGoodRows_GivesEachACode_AndAgainMakesNothing()
    {
        var school = await _host.SchoolAsync("130102");
        using var county = await _host.AdministratorOfAsync("130102");
        string[][] rows = [Sheets.Heading, ["导入一", "", "填报员、审核人", $"#{school}", "2099-07-31"], ["导入二", "0012345", "reporter", school, ""], ["导入三", "", "县级审核", school, ""]];
        var file = Sheets.Xlsx(rows);
        var preview = await ReadAsync(await county.ImportAsync(file, "?preview=true"));
        Assert.Equal((false, 2, 0, 1), (preview.GetProperty("applied").GetBoolean(), Number(preview, "new"), Number(preview, "existing"), Number(preview, "refused")));
        Assert.Equal(["new", "new", "refused"], Statuses(preview));
        Assert.False(await _host.InDatabaseAsync(db => db.People.AnyAsync(p => p.DisplayName.StartsWith("导入"))));

        var nothing = await ReadAsync(await county.ImportAsync(file, "?allOrNothing=true"));
        Assert.False(nothing.GetProperty("applied").GetBoolean());
        Assert.False(await _host.InDatabaseAsync(db => db.People.AnyAsync(p => p.DisplayName.StartsWith("导入"))));

        var made = (await ReadAsync(await county.ImportAsync(file))).GetProperty("rows");
        Assert.Equal(($"{school}-01", "0012345", "refused", 4), (Text(made[0], "userName"), Text(made[1], "userName"), Text(made[2], "status"), Number(made[2], "row")));
        Assert.Equal(("role", "misfit"), (Text(made[2].GetProperty("faults")[0], "column"), Text(made[2].GetProperty("faults")[0], "code")));
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", Text(made[0].GetProperty("invitation"), "code"));
        var id = made[0].GetProperty("personId").GetGuid();
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == id && e.Role == Roles.Approver && e.ValidTo == new DateOnly(2099, 7, 31));
        Assert.Equal(2, await _host.InDatabaseAsync(db => db.Assignments.CountAsync(a => a.PersonId == id)));

        var again = await ReadAsync(await county.ImportAsync(file));
        Assert.Equal(["exists", "exists", "refused"], Statuses(again));
        Assert.Equal(2, await _host.InDatabaseAsync(db => db.People.CountAsync(p => p.DisplayName.StartsWith("导入"))));
    }

    [Fact]
    public async Task Post_TheSameFileTwiceAtOnce_MakesNobodyTwice()
    {
        var school = await _host.SchoolAsync("130105");
        using var county = await _host.AdministratorOfAsync("130105");
        var file = Sheets.Csv([.. Enumerable.Range(1, 40).Select(i => new[] { $"同时{i}", "", "填报员", school, "" })]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => await ReadAsync(await county.ImportAsync(file, name: "people.csv"))));
        Assert.Equal(40, answers.Sum(answer => Statuses(answer).Count(status => status == "created")));
        Assert.Equal(40, await _host.InDatabaseAsync(db => db.People.CountAsync(p => p.DisplayName.StartsWith("同时"))));
    }

    [Fact]
    public async Task Post_RowsThatCannotBe_AreNamedByRowAndColumn()
    {
        var school = await _host.SchoolAsync("130102");
        await _host.PersonAsync(Roles.Reporter, "130104", "import-elsewhere");
        using var county = await _host.AdministratorOfAsync("130102");
        (string[] Row, string? Fault)[] cases =
        [
            (["好一", "", "填报员", school, ""], null),
            (["好一", "", "填报员", school, ""], "displayName duplicate"),
            (["甲", "twice-name", "填报员", school, ""], null),
            (["乙", "TWICE-name", "填报员", school, ""], "userName duplicate"),
            (["外", "", "填报员", "130104", ""], "organisationCode unknown"),
            (["无", "", "填报员", "999999", ""], "organisationCode unknown"),
            (["权", "", "审计管理员", school, ""], "role not-grantable"),
            (["错", "", "校长", school, ""], "role option"),
            (["两", "", "审计管理员、填报员", school, ""], "role not-grantable"),
            (["短", "x", "填报员", school, ""], "userName pattern"),
            (["", "", "填报员", school, ""], "displayName length"),
            (["期", "", "填报员", school, "2020-01-01"], "validTo date"),
            (["期二", "", "填报员", school, "明年"], "validTo date"),
            (["别处", "import-elsewhere", "填报员", school, ""], "userName duplicate"),
            (["=1+1", "", "填报员", school, ""], "displayName formula"),
            (["隐\u200B形", "", "填报员", school, ""], "displayName character"),
            (["", "", "", "", ""], null),
            (["全角", "", "填报员", string.Concat(school.Select(c => (char)(c + 0xFEE0))), "2099年7月31日"], null),
        ];
        foreach (var file in new[] { Sheets.Xlsx(cases.Select(c => c.Row).Prepend(Sheets.Heading)), Sheets.Csv([.. cases.Select(c => c.Row)]) })
        {
            var answer = await ReadAsync(await county.ImportAsync(file, "?preview=true"));
            var byRow = answer.GetProperty("rows").EnumerateArray().ToDictionary(row => Number(row, "row"), row => row.GetProperty("faults").EnumerateArray().Select(f => $"{Text(f, "column")} {Text(f, "code")}").ToArray());
            for (var i = 0; i < cases.Length; i++)
            {
                if (cases[i].Row[2].Length == 0)
                {
                    Assert.False(byRow.ContainsKey(i + 2));
                    continue;
                }

                Assert.True(cases[i].Fault is null ? byRow[i + 2].Length == 0 : byRow[i + 2].Contains(cases[i].Fault), $"row {i + 2}: {string.Join(";", byRow[i + 2])}");
            }
        }

        var foreign = await ReadAsync(await county.ImportAsync(Sheets.Csv(["外", "", "填报员", "130104", ""], ["无", "", "填报员", "999999", ""]), "?preview=true", "a.csv"));
        Assert.Equal(foreign.GetProperty("rows")[0].GetProperty("faults").ToString(), foreign.GetProperty("rows")[1].GetProperty("faults").ToString());
        Assert.Equal(JsonValueKind.Null, foreign.GetProperty("rows")[0].GetProperty("organisationZh").ValueKind);
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "macro", "IDN-0072" }, { "headers", "IDN-0075" }, { "empty", "IDN-0076" }, { "no sheet", "IDN-0071" }, { "text", "IDN-0075" }, { "old", "IDN-0071" }, { "noise", "IDN-0071" },
        { "rows", "IDN-0074" }, { "blank rows", "IDN-0074" }, { "bomb", "IDN-0073" }, { "large", "IDN-0073" }, { "cut", "IDN-0071" }, { "nothing", "IDN-0070" }, { "entities", "IDN-0071" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Post_AFileThatIsNone_IsRefusedQuickly(string kind, string code)
    {
        using var county = await _host.AdministratorOfAsync("130102");
        string[] row = ["某人", "", "填报员", "130102", ""];
        var good = Sheets.Xlsx([Sheets.Heading, row]);
        var file = kind switch
        {
            "macro" => Sheets.Xlsx([Sheets.Heading, row], ("xl/vbaProject.bin", [1, 2, 3])),
            "headers" => Sheets.Xlsx([["姓名", "电话", "角色", "角色"], row]),
            "empty" => Sheets.Xlsx([Sheets.Heading]),
            "no sheet" => ZipOf(),
            "text" => Encoding.UTF8.GetBytes("dear colleague"),
            "old" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            "noise" => [0, 159, 146, 150, 0, 1],
            "rows" => Sheets.Xlsx(Enumerable.Repeat(row, 50_000).Prepend(Sheets.Heading)),
            "blank rows" => Sheets.Xlsx(Enumerable.Repeat<string[]>([" "], 50_000).Prepend(Sheets.Heading)),
            "bomb" => Sheets.Xlsx([Sheets.Heading, row], ("xl/media/image1.bin", new byte[200 * 1024 * 1024])),
            "large" => new byte[(2 * 1024 * 1024) + 1],
            "cut" => good[..(good.Length / 2)],
            "entities" => Sheets.Xlsx([Sheets.Heading, row], ("xl/worksheets/a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"u8.ToArray())),
            _ => [],
        };
        var clock = Stopwatch.StartNew();
        var response = await county.ImportAsync(file, "?preview=true");
        var problem = await response.JsonAsync();
        Assert.Equal(code, Text(problem, "code"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
        if (kind == "headers")
        {
            Assert.Equal(["电话 unknown-column", "角色 duplicate-column", "organisationCode missing-column"], problem.GetProperty("errors").EnumerateArray().Select(e => $"{Text(e, "at")} {Text(e, "code")}"));
        }
    }

    [Fact]
    public async Task Post_WithoutTheRole_IsForbidden_AndEachAdministratorMakesTheirOwnKind()
    {
        using var reviewer = _host.CreateClient(await _host.HolderAsync(Roles.CountyReviewer, "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.ImportAsync(Sheets.Csv(["某", "", "填报员", "130102", ""]))).StatusCode);
        using var auditor = _host.CreateClient(await _host.HolderAsync(Roles.Auditor, "130102"));
        Assert.Equal(["new", "refused"], Statuses(await ReadAsync(await auditor.ImportAsync(Sheets.Csv(["审", "", "审计管理员", "130102", ""], ["报", "", "填报员", "130102", ""]), "?preview=true", "a.csv"))));
    }

    [Fact]
    public async Task Post_Gb18030AndTabs_AreRead()
    {
        using var county = await _host.AdministratorOfAsync("130102");
        var file = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("姓名\t角色\t机构代码\r\n国标\t填报员\t130102");
        Assert.Equal("国标", Text((await ReadAsync(await county.ImportAsync(file, "?preview=true", "a.csv"))).GetProperty("rows")[0], "displayName"));
    }

    private static byte[] ZipOf()
    {
        using var file = new MemoryStream();
        using (var package = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            package.CreateEntry("a.txt");
        }

        return file.ToArray();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static string[] Statuses(JsonElement answer) => [.. answer.GetProperty("rows").EnumerateArray().Select(row => Text(row, "status")!)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
