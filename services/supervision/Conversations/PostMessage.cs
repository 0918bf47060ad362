using System.Text.RegularExpressions;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>Says something about a module report, or about one cell of it.</summary>
/// <param name="Key">Made by the sender for this message; sent again with it, it is the same message.</param>
/// <param name="Text">1 to 1,000 characters.</param>
/// <param name="Cell">Cell address such as "classes/g1".</param>
/// <param name="Mentions">Who is asked to look, at most 10; without any, the other side is told.</param>
public sealed record PostMessageRequest(Guid Key, string Text, string? Cell = null, IReadOnlyList<MentionRequest>? Mentions = null);

/// <param name="OrganisationId">Of an office that may see the report.</param>
/// <param name="Role">The role there.</param>
/// <param name="PersonId">One colleague at an organisation of one's own; without it whoever has the role there.</param>
public sealed record MentionRequest(Guid OrganisationId, string Role, Guid? PersonId = null);

internal static partial class PostMessage
{
    public const int Most = 500;
    private const int MostMentions = 10;

    public static async Task<Results<Created<MessageResponse>, Ok<MessageResponse>, ProblemHttpResult>> HandleAsync(
        Guid reportId, string moduleKey, PostMessageRequest request, Caller caller, SupervisionDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginTalkAsync(reportId, cancellationToken);
        var (topic, problem) = await db.FindTopicAsync(caller, reportId, moduleKey, cancellationToken);
        if (topic is null)
        {
            return problem!.ToHttpResult();
        }

        var seats = await db.SeatsOfAsync(access, topic, now, cancellationToken);
        var mentions = (request.Mentions ?? []).Where(mention => mention is not null).Select(mention => new Mention(mention.OrganisationId, mention.Role, mention.PersonId)).Distinct().ToList();
        var errors = Errors(request, mentions, seats, caller).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var said = db.Set<Message>().AsNoTracking().Where(m => m.ReportId == reportId && m.ModuleKey == moduleKey);
        if (await said.FirstOrDefaultAsync(m => m.By == caller.PersonId && m.Key == request.Key, cancellationToken) is { } before)
        {
            return before.Text == request.Text.Trim() && before.Cell == request.Cell && before.Mentions.SequenceEqual(mentions)
                ? TypedResults.Ok((await db.ToResponsesAsync([before], topic, caller, cancellationToken))[0]) : ConversationProblems.KeyUsed.ToHttpResult();
        }

        var last = await said.MaxAsync(m => (int?)m.Number, cancellationToken) ?? 0;
        if (last >= Most)
        {
            return ConversationProblems.Full(Most).ToHttpResult();
        }

        var message = new Message
        {
            ReportId = reportId, ModuleKey = moduleKey, Number = last + 1, Key = request.Key, By = caller.PersonId, Role = topic.Seat.Role, OrganisationId = topic.Seat.OrganisationId, At = now,
            Text = request.Text.Trim(), Cell = request.Cell, Revision = topic.Review?.Revision, Mentions = mentions,
        };
        db.Add(message);
        db.Audit(message.Audited(caller, topic, "message.posted"), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAsync(message, topic, seats, access, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created((string?)null, (await db.ToResponsesAsync([message], topic, caller, cancellationToken))[0]);
    }

    /// <summary>That something was said, where and to whom; the words are in the conversation alone.</summary>
    internal static AuditAct Audited(this Message message, Caller caller, Topic topic, string act) =>
        AuditAct.Of(caller, act, message.ReportId, topic.OrganisationPath, new
        {
            message.ModuleKey, message.Number, message.Cell, message.Revision, mentions = message.Mentions.Count,
        }) with { OrganisationId = topic.OrganisationId };

    private static IEnumerable<FieldError> Errors(PostMessageRequest request, List<Mention> mentions, IReadOnlyList<Seat> seats, Caller caller)
    {
        foreach (var error in WrittenWords.Errors(request.Text, field: "text"))
        {
            yield return error;
        }

        if (PersonalNumber().IsMatch(request.Text))
        {
            yield return new("text", "pattern", new("请不要写身份证号或手机号码；需要联系时请留单位座机", "No identity or mobile numbers, please; give an office telephone if you want to be called"));
        }

        if (request.Key == Guid.Empty)
        {
            yield return new("key", "required", new("请为每条消息生成一个新的 key（UUID）", "Make a new key (UUID) for each message"));
        }

        if (request.Cell is { } cell && (cell.Length > Message.LongestCell || !ReturnReview.CellAddress().IsMatch(cell)))
        {
            yield return new("cell", "pattern", new("单元格地址格式应如 classes/g1 或 titles/r1/level", "A cell address looks like classes/g1 or titles/r1/level"));
        }

        if (request.Mentions?.Count > MostMentions || mentions.Count < (request.Mentions?.Count ?? 0))
        {
            yield return new("mentions", "length", new($"一次最多提醒 {MostMentions} 个对象，每个一次", $"Mention at most {MostMentions}, each once"));
        }

        foreach (var (i, mention) in mentions.Index())
        {
            // Persons are named among colleagues alone: elsewhere one asks an office, and it is its own affair who sits there.
            if (!seats.Any(seat => seat.Answers(mention)) || (mention.PersonId is not null && !caller.IsColleagueAt(mention.OrganisationId)))
            {
                yield return new($"mentions.{i}", "option", new("此对象看不到这份填报，或已无人担任。请刷新后重新选择", "Nobody there may see this report. Refresh and choose again"));
            }
        }
    }

    /// <summary>Identity number or mobile number: the forms refuse them in free text, and a conversation is read by more people for longer.</summary>
    [GeneratedRegex(@"(?<![0-9])([0-9]{17}[0-9Xx]|(\+?86[- ]?)?1[3-9][0-9]{9})(?![0-9])")]
    private static partial Regex PersonalNumber();
}
