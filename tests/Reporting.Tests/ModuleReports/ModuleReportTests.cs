using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ModuleReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid Reporter = Guid.CreateVersion7(Now);
    private static readonly Guid Approver = Guid.CreateVersion7(Now);
    private static readonly Findings Clean = new([], 0, 0, 0, 1);
    private static readonly Findings Faulty = new([new("E03", "error", ["boarders"], new("寄宿生多于在校生", "More boarders than pupils"), false)], 1, 0, 0, 0.5);
    private static readonly Findings Unexplained = new([new("W05", "warning", ["ft_labor"], new("没有专任教师", "No full-time teacher"), false)], 0, 1, 1, 1);
    private static readonly CollectionWindow Open = new(CycleState.Open, Now.AddDays(-1), Now.AddDays(1), TimeSpan.FromMinutes(10), null);

    [Fact]
    public void Save_NotStarted_BecomesDraftAndRemembersWhoEdited()
    {
        var module = NotStarted();
        module.Save("""{"boarders":1}""", [], Faulty, Reporter, Now);
        Assert.Equal((ModuleReportState.Draft, 2L, Reporter, Now, 1), (module.State, module.Version, module.LastEditedBy, module.SavedAt, module.Errors));
    }

    [Theory]
    [InlineData("draft", null)]
    [InlineData("complete", "RPT-0303")]
    [InlineData("submitted", "RPT-0304")]
    [InlineData("returned", null)]
    public void MayEdit_ByState(string state, string? code) => Assert.Equal(code, InState(state).MayEdit(Open, Now)?.Code);

    [Theory]
    [InlineData("draft", "RPT-0318")]
    [InlineData("complete", null)]
    [InlineData("submitted", "RPT-0304")]
    [InlineData("returned", "RPT-0318")]
    public void MayReopen_ByState(string state, string? code) => Assert.Equal(code, InState(state).MayReopen(Open)?.Code);

    [Theory]
    [InlineData("draft", "RPT-0306")]
    [InlineData("complete", null)]
    [InlineData("submitted", "RPT-0304")]
    [InlineData("returned", "RPT-0306")]
    public void MaySubmit_ByState(string state, string? code) => Assert.Equal(code, InState(state).MaySubmit(Approver, Open, Now)?.Code);

    [Fact]
    public void EveryAct_CycleClosed_IsRefused()
    {
        var closed = Open with { Cycle = CycleState.Closed };
        var module = InState("complete");
        Assert.All([module.MayEdit(closed, Now), module.MayReopen(closed), module.MaySubmit(Approver, closed, Now)], p => Assert.Equal("RPT-0302", p?.Code));
    }

    [Fact]
    public void MayEdit_BeforeTheOpeningTime_IsRefused() => Assert.Equal("RPT-0301", NotStarted().MayEdit(Open with { OpensAt = Now.AddHours(1) }, Now)?.Code);

    [Fact]
    public void Complete_WithErrorOrUnexplainedWarning_NamesTheCells()
    {
        Assert.Equal(("RPT-0310", "boarders", "E03"), First(InState("draft").Complete("{}", Faulty, Open, Now)));
        Assert.Equal(("RPT-0310", "ft_labor", "W05"), First(InState("draft").Complete("{}", Unexplained, Open, Now)));
    }

    [Fact]
    public void Submit_ByTheLastEditor_IsRefused() => Assert.Equal("RPT-0307", InState("complete").Submit(Clean, Reporter, Open, Now)?.Code);

    [Fact]
    public void Submit_RulesFailNow_IsRefused() => Assert.Equal("RPT-0310", InState("complete").Submit(Faulty, Approver, Open, Now)?.Code);

    [Fact]
    public void Submit_AtTheLastMomentOfGrace_IsTaken_AndAMomentLaterRefused()
    {
        var end = Open.DueAt + Open.Grace;
        Assert.Equal("RPT-0311", InState("complete").Submit(Clean, Approver, Open, end.AddTicks(1))?.Code);
        Assert.Null(InState("complete").Submit(Clean, Approver, Open, end));
    }

    [Fact]
    public void Submit_AfterTheDeadlineWithinTheExtension_IsTaken() =>
        Assert.Null(InState("complete").Submit(Clean, Approver, Open with { ExtendedUntil = Now.AddDays(5) }, Now.AddDays(4)));

    [Fact]
    public void ApplyReturn_OpensTheModuleWithReasons_AndItsDateExtendsTheDeadline()
    {
        var module = InState("returned", dueAt: Now.AddDays(9));
        Assert.Equal("classes/g1", Assert.Single(module.Return!.Reasons).At);
        Assert.Equal(Now.AddDays(9), Open.EndsAt(module.Return));
        Assert.Null(module.Complete("{}", Clean, Open, Now.AddDays(8)));
        Assert.Null(module.Submit(Clean, Approver, Open, Now.AddDays(8)));
        Assert.Equal((2, null), (module.Revision, module.Return));
    }

    [Fact]
    public void EndsAt_ReturnWithoutADate_LeavesAWeek() =>
        Assert.Equal(Now.AddDays(10), Open.EndsAt(new(Now.AddDays(3), "county", null, 1, [])));

    [Fact]
    public void Reopen_AfterAReturn_IsReturnedAgain()
    {
        var module = InState("returned");
        Assert.Null(module.Complete("{}", Clean, Open, Now));
        Assert.Null(module.Reopen(Open));
        Assert.Equal(ModuleReportState.Returned, module.State);
    }

    [Fact]
    public void ApplyReturn_OlderRevisionOrOlderAct_ChangesNothing()
    {
        var module = InState("returned");
        var version = module.Version;
        module.ApplyReturn(Returned(module, revision: 1, reviewVersion: 2));
        Assert.Null(module.Complete("{}", Clean, Open, Now));
        Assert.Null(module.Submit(Clean, Approver, Open, Now));
        module.ApplyReturn(Returned(module, revision: 1, reviewVersion: 99));
        Assert.Equal((ModuleReportState.Submitted, version + 2), (module.State, module.Version));
    }

    private static (string, string?, string?) First(Problem? problem) => (problem!.Code, problem.Errors[0].At, problem.Errors[0].Rule);

    private static ModuleReport NotStarted() => ModuleReport.NotStarted(Report.Owed(
        Guid.CreateVersion7(Now),
        new Organisation { Id = Guid.CreateVersion7(Now), Path = "/1/2/", Code = "2113000001", NameZh = "一小", NameEn = "First", LevelRoles = ["school"], Kind = "school", Grades = ["g1"], ValidFrom = new(2020, 9, 1), Version = 1 },
        Levels.School, "130102", ["basic-information"], Now), TestPack.Basic, Now);

    private static ModuleReport InState(string state, DateTimeOffset? dueAt = null)
    {
        var module = NotStarted();
        module.Save("{}", [], Clean, Reporter, Now);
        if (state == "draft")
        {
            return module;
        }

        Assert.Null(module.Complete("{}", Clean, Open, Now));
        if (state == "complete")
        {
            return module;
        }

        Assert.Null(module.Submit(Clean, Approver, Open, Now));
        if (state == "returned")
        {
            module.ApplyReturn(Returned(module, 1, 2, dueAt));
        }

        return module;
    }

    private static ModuleReportReturned Returned(ModuleReport module, int revision, long reviewVersion, DateTimeOffset? dueAt = null) => new()
    {
        ReviewId = Guid.CreateVersion7(Now),
        ModuleReportId = module.Id,
        Revision = revision,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        Level = "county",
        ReturnedBy = Guid.CreateVersion7(Now),
        ReturnedAt = Now,
        DueAt = dueAt,
        Reasons = [new() { At = "classes/g1", Code = "wrong-value", Text = "与花名册不符" }],
        ReviewVersion = reviewVersion,
    };
}
