using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Extensions;

namespace Gengdu.Reporting.Tests.Extensions;

public sealed class ExtensionRequestTests
{
    private static readonly DateTimeOffset End = new(2026, 9, 30, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-48, 24, null)] // before the end
    [InlineData(24, 48, null)] // on National Day: taken, the window ended yesterday
    [InlineData(312, 400, null)] // 13 October 18:00, the fifth working day
    [InlineData(313, 400, "RPT-0231")] // an hour later
    [InlineData(-48, 0, "RPT-0232")] // no later than the window itself
    [InlineData(-48, 24 * 100, "RPT-0232")] // further than ninety days
    [InlineData(24, 12, "RPT-0232")] // in the past
    public void MayAsk_ByTheWindowAndTheDate(int nowHours, int untilHours, string? code) =>
        Assert.Equal(code, ExtensionRequest.MayAsk(OpenCycle(), End, End.AddHours(untilHours), End.AddHours(nowHours))?.Code);

    [Fact]
    public void MayAsk_AfterTheCycleClosed_SaysWhenAndWhatToDo()
    {
        var cycle = OpenCycle();
        cycle.Close(End.AddDays(9));
        var problem = ExtensionRequest.MayAsk(cycle, End, End.AddDays(20), End.AddDays(10))!;
        Assert.Equal("RPT-0230", problem.Code);
        Assert.Contains("2026-10-09 18:00", problem.Detail!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_Once_ByAnother_WithinTheBounds()
    {
        var (asker, decider) = (Guid.CreateVersion7(End), Guid.CreateVersion7(End));
        var request = Asked(asker);
        Assert.Equal("RPT-0236", request.Decide(OpenCycle(), true, null, "同意", asker, End)?.Code);
        Assert.Equal("RPT-0232", request.Decide(OpenCycle(), true, End.AddDays(-1), "同意", decider, End)?.Code);
        Assert.Null(request.Decide(OpenCycle(), true, End.AddDays(2), "同意", decider, End));
        Assert.Equal((RequestState.Approved, End.AddDays(2)), (request.State, request.Until));
        Assert.Equal("RPT-0235", request.Decide(OpenCycle(), false, null, "不同意", decider, End)?.Code);
    }

    [Fact]
    public void Decide_CycleClosedMeanwhile_MayOnlyRefuse()
    {
        var cycle = OpenCycle();
        cycle.Close(End);
        var (asker, decider) = (Guid.CreateVersion7(End), Guid.CreateVersion7(End));
        Assert.Equal("RPT-0203", Asked(asker).Decide(cycle, true, null, "同意", decider, End)?.Code);
        Assert.Null(Asked(asker).Decide(cycle, false, null, "周期已关闭", decider, End));
    }

    private static ExtensionRequest Asked(Guid by) => new()
    {
        Id = Guid.CreateVersion7(End),
        CycleId = Guid.CreateVersion7(End),
        OrganisationId = Guid.CreateVersion7(End),
        OrganisationPath = "/1/2/3/4/",
        CoversSubtree = false,
        AskedUntil = End.AddDays(5),
        Reason = "暴雨",
        AskedBy = by,
        AskedAt = End.AddDays(-1),
        WindowEndsAt = End,
        AnswerBy = End,
    };

    private static Cycle OpenCycle()
    {
        var cycle = new Cycle
        {
            Id = Guid.CreateVersion7(End), OrganisationPath = "/1/", Region = "13", ProgrammeKey = "labor-education", ProgrammeVersion = "1", NameZh = "一", NameEn = "One",
            PeriodKey = "p", AcademicYear = "2026-2027", PeriodStart = new(2026, 9, 1), PeriodEnd = new(2027, 1, 31), FiscalYear = 2026, ModuleKeys = [], OpensAt = End.AddDays(-20),
            SchoolDeadline = End, CountyDeadline = End, CityDeadline = End, ProvinceDeadline = End, GraceMinutes = 0, CreatedBy = Guid.CreateVersion7(End), CreatedAt = End.AddDays(-30),
        };
        typeof(Cycle).GetProperty(nameof(Cycle.State))!.SetValue(cycle, CycleState.Open);
        return cycle;
    }
}
