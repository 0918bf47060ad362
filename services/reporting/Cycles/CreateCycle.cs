using System.Globalization;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.Cycles;

internal sealed record CreateCycleRequest(
    string ProgrammeKey, string NameZh, string NameEn, CyclePeriod Period, IReadOnlyList<string> ModuleKeys,
    DateTimeOffset OpensAt, CycleDeadlines Deadlines, int GraceMinutes);

internal static class CreateCycle
{
    private const int MaxGraceMinutes = 7 * 24 * 60;

    public static async Task<Results<Created<CycleResponse>, ProblemHttpResult>> HandleAsync(
        CreateCycleRequest request, Caller caller, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Rights.FirstOrDefault(r => r.Role == Roles.ProvinceOwner) is not { } owner)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (catalogue.Current(request.ProgrammeKey) is not { } programme)
        {
            return ProgrammeProblems.UnknownProgramme(request.ProgrammeKey).ToHttpResult();
        }

        if ((Check(request) ?? CheckModules(request, programme)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var provinceCode = await db.Organisations.Where(o => o.Id == owner.OrganisationId).Select(o => o.Code).SingleAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var cycle = new Cycle
        {
            Id = Guid.CreateVersion7(now),
            OrganisationPath = owner.Path,
            Region = provinceCode[..Math.Min(2, provinceCode.Length)],
            ProgrammeKey = programme.Key,
            ProgrammeVersion = programme.Version,
            NameZh = request.NameZh,
            NameEn = request.NameEn,
            PeriodKey = request.Period.Key,
            AcademicYear = request.Period.AcademicYear,
            PeriodStart = request.Period.Start,
            PeriodEnd = request.Period.End,
            FiscalYear = request.Period.FiscalYear,
            ModuleKeys = [.. programme.Modules.Select(m => m.Key).Where(request.ModuleKeys.Contains)],
            OpensAt = request.OpensAt.ToUniversalTime(),
            SchoolDeadline = request.Deadlines.School.ToUniversalTime(),
            CountyDeadline = request.Deadlines.County.ToUniversalTime(),
            CityDeadline = request.Deadlines.City.ToUniversalTime(),
            ProvinceDeadline = request.Deadlines.Province.ToUniversalTime(),
            GraceMinutes = request.GraceMinutes,
            CreatedBy = caller.PersonId,
            CreatedAt = now,
        };
        db.Add(cycle);
        db.Audit(AuditAct.Of(caller, "cycle.created", cycle.Id, cycle.OrganisationPath, new { cycle.ProgrammeKey, cycle.ProgrammeVersion, cycle.PeriodKey, cycle.ModuleKeys }), now);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/reporting/cycles/{cycle.Id}", CycleResponse.From(cycle));
    }

    private static Problem? Check(CreateCycleRequest request)
    {
        var errors = new List<FieldError>();
        var (period, deadlines) = (request.Period, request.Deadlines);
        Expect(request.NameZh.Trim().Length is > 0 and <= 200, "nameZh", "length", "名称为 1 至 200 字", "The name has 1 to 200 characters");
        Expect(request.NameEn.Trim().Length is > 0 and <= 200, "nameEn", "length", "名称为 1 至 200 字", "The name has 1 to 200 characters");
        Expect(IsKey(period.Key), "period.key", "pattern", "只用小写字母、数字和连字符，至多 40 字", "Lower-case letters, digits and hyphens only, at most 40");
        Expect(IsAcademicYear(period.AcademicYear), "period.academicYear", "pattern", "写法如 2026-2027", "Write it as 2026-2027");
        Expect(period.Start < period.End, "period.end", "range", "结束日期应晚于开始日期", "The end lies after the start");
        Expect(period.FiscalYear is >= 2000 and <= 2100, "period.fiscalYear", "range", "应在 2000 与 2100 之间", "It lies between 2000 and 2100");
        Expect(request.GraceMinutes is >= 0 and <= MaxGraceMinutes, "graceMinutes", "range", "宽限为 0 至 10080 分钟", "The grace is 0 to 10,080 minutes");
        foreach (var (name, deadline) in new[] { ("school", deadlines.School), ("county", deadlines.County), ("city", deadlines.City), ("province", deadlines.Province) })
        {
            Expect(deadline > request.OpensAt, $"deadlines.{name}", "range", "截止时间应晚于开始填报的时间", "The deadline lies after the opening time");
        }

        return errors.Count > 0 ? GeneralProblems.Invalid(errors) : null;

        void Expect(bool fine, string at, string code, string zh, string en)
        {
            if (!fine)
            {
                errors.Add(new(at, code, new Text(zh, en)));
            }
        }
    }

    private static Problem? CheckModules(CreateCycleRequest request, Programme programme)
    {
        if (request.ModuleKeys.Count == 0)
        {
            return GeneralProblems.Invalid(new FieldError("moduleKeys", "required", new Text("至少选择一个模块", "Choose at least one module")));
        }

        var unknown = request.ModuleKeys.Select((key, i) => (key, i)).Where(m => programme.Module(m.key) is null)
            .Select(m => CycleProblems.UnknownModule(m.i, m.key)).ToList();
        return unknown.Count > 0 ? CycleProblems.UnknownModules(unknown) : null;
    }

    private static bool IsKey(string key) => key.Length is > 0 and <= 40 && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsAcademicYear(string text) => text.Split('-') is [{ Length: 4 } first, { Length: 4 } second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from is >= 2000 and <= 2100 && to == from + 1;
}
