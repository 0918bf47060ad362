using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Explore;

internal static class ExploreFigures
{
    /// <summary>Figures along the dimensions somebody chose, at most 10,000 cells: by place from the sums that dashboards read, by kinds of schools from groups that are counted once and kept.</summary>
    public static async Task<Results<Ok<ExploreResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ExploreQuestion question, Caller caller, Explorer explorer, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (answer, problem) = await explorer.AnswerAsync(question, caller, cancellationToken);
        if (answer is null)
        {
            return problem!.ToHttpResult();
        }

        await trail.SawAsync("exploration", question.OrganisationId, answer.Organisation.Path, answer.RowHeadings.Count * answer.ColumnHeadings.Count,
            new { question.Cycles, question.Indicators, question.Rows, question.Columns, question.Where });
        return TypedResults.Ok(answer);
    }
}
