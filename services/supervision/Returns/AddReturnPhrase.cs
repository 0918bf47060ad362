using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Returns;

/// <param name="OrganisationId">The own office.</param>
/// <param name="Code">"wrong-value", "missing-evidence", "inconsistent", "implausible", "unclear" or "other".</param>
/// <param name="Text">1 to 300 characters.</param>
public sealed record AddReturnPhraseRequest(Guid OrganisationId, string Code, string Text);

internal static class AddReturnPhrase
{
    public static async Task<Results<Created<ReturnPhraseResponse>, ProblemHttpResult>> HandleAsync(
        AddReturnPhraseRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var office = await db.Organisations.FirstOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        if (office is null || !caller.Sees(office.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.KeepsPhrasesOf(office.Id))
        {
            return ReturnProblems.NotYourOffice.ToHttpResult();
        }

        var text = request.Text.Trim();
        var errors = Errors(request.Code, text).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('return-phrases ' || {office.Id}::text, 7310))", cancellationToken);
        if (await db.Set<ReturnPhrase>().CountAsync(p => p.OrganisationId == office.Id, cancellationToken) >= ReturnPhrase.Most)
        {
            return ReturnProblems.TooMany.ToHttpResult();
        }

        if (await db.Set<ReturnPhrase>().AnyAsync(p => p.OrganisationId == office.Id && p.Code == request.Code && p.Text == text, cancellationToken))
        {
            return ReturnProblems.Repeated.ToHttpResult();
        }

        var phrase = new ReturnPhrase { Id = Guid.CreateVersion7(now), OrganisationId = office.Id, Code = request.Code, Text = text, AddedBy = caller.PersonId, AddedAt = now };
        db.Add(phrase);
        db.Audit(AuditAct.Of(caller, "return-phrase.added", phrase.Id, office.Path, new { phrase.Code }) with { OrganisationId = office.Id }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/supervision/return-phrases/{phrase.Id}", new ReturnPhraseResponse(phrase.Id, phrase.Code, phrase.Text, new(office.Id, office.NameZh, office.NameEn), true));
    }

    /// <summary>Reviewers of exactly this office.</summary>
    public static bool KeepsPhrasesOf(this Caller caller, Guid organisationId) => caller.Rights.Any(right => right.OrganisationId == organisationId && ReviewRoles.Reviewers.Contains(right.Role));

    private static IEnumerable<FieldError> Errors(string code, string text)
    {
        if (!ReturnCodes.All.Contains(code))
        {
            yield return new("code", "option", new($"原因类别须为其中之一：{string.Join("、", ReturnCodes.All)}", $"The code has to be one of: {string.Join(", ", ReturnCodes.All)}"));
        }

        if (text.Length is 0 or > ReturnPhrase.LongestText)
        {
            yield return new("text", "length", new($"请填写 1 至 {ReturnPhrase.LongestText} 个字", $"1 to {ReturnPhrase.LongestText} characters"));
        }
        else if (text.Any(char.IsControl))
        {
            yield return new("text", "pattern", new("文字中有不可见的控制字符，请删除", "Remove the control characters from the text"));
        }
    }
}
