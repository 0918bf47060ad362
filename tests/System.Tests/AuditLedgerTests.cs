using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests;

/// <summary>After a played semester every change of the database has its one act, and no act tells of a change that was not.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class AuditLedgerTests(ProvinceFixture province)
{
    /// <summary>What the tables say, and what the audit says.</summary>
    public static TheoryData<string, string, string> Ledgers() => new()
    {
        { "submissions", "select module_report_id::text || '/' || number from reporting.revisions", Act("reporting", "object_id || '/' || (details::jsonb ->> 'revision')", "act = 'module-report.submitted'") },
        { "receipts", "select receipt_number from reporting.revisions", Act("reporting", "details::jsonb ->> 'receiptNumber'", "act = 'module-report.submitted'") },
        { "cycles", "select id::text from reporting.cycles", Act("reporting", "object_id", "act = 'cycle.created'") },
        { "opened cycles", "select id::text from reporting.cycles where state <> 'planned'", Act("reporting", "object_id", "act = 'cycle.opened'") },
        { "extensions", "select id::text from reporting.extensions", Act("reporting", "object_id", "act = 'extension.granted'") },
        { "reviewers' acts", "select review_id::text || ' ' || act || ' ' || by from supervision.review_entries where act in ('approve', 'accept', 'return') and by is not null",
            Act("supervision", "object_id || ' ' || case act when 'review.approved' then 'approve' when 'review.accepted' then 'accept' else 'return' end || ' ' || actor_id", "act in ('review.approved', 'review.accepted', 'review.returned')") },
        { "people", "select id::text from identity.people where user_name not in ('administrator', 'security', 'auditor')", Act("identity", "object_id", "act = 'person.created' and actor_id is not null") },
        { "assignments", "select id::text from identity.assignments", Act("identity", "object_id", "act in ('assignment.created', 'assignment.delegated')") },
        { "sign-ins", "select count(*)::text from identity.sessions", "select count(*)::text from identity.audit_entries where act = 'sign-in.begun'" },
        { "gateway sessions", "select count(*)::text from gateway.sessions where ended_at is null", "select (count(*) filter (where act = 'session.begun') - count(*) filter (where act = 'session.ended'))::text from gateway.audit_entries" },
    };

    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Changes_AndActs_AreTheSame(string what, string changes, string acts)
    {
        await RestedAsync();
        var (done, told) = (await ReadAsync(changes), await ReadAsync(acts));
        Assert.True(done.Count > 0 || what is "extensions", $"no {what}: the ledger would prove nothing");
        Assert.True(done.SequenceEqual(told), $"{what}: {done.Count} changes, {told.Count} acts; without an act: {string.Join(", ", done.Except(told).Take(3))}; without a change: {string.Join(", ", told.Except(done).Take(3))}");
    }

    [Fact]
    public async Task Entries_HoldNoSecretAndNoPersonalNumber()
    {
        await RestedAsync();
        foreach (var service in new[] { "identity", "reporting", "supervision", "analytics", "gateway" })
        {
            Assert.Empty(await ReadAsync($"""
                select e::text from {service}.audit_entries e
                where concat_ws(' ', details, filter, object_id) ~ '(^|[^0-9A-Za-z])(1[3-9][0-9]{"{9}"}|[1-9][0-9]{"{16}"}[0-9Xx])([^0-9A-Za-z]|$)|eyJ[A-Za-z0-9_-]{"{10}"}|Bearer ' limit 3
                """));
        }
    }

    private static string Act(string service, string key, string filter) => $"select {key} from {service}.audit_entries where {filter} and outcome = 'done'";

    private Task<int> RestedAsync() => Eventually.BecomesAsync(async () => (await ReadAsync("""
        select 'pending' from identity.audit_pending union all select 'pending' from reporting.audit_pending union all select 'pending' from supervision.audit_pending
        union all select 'pending' from analytics.audit_pending union all select 'pending' from gateway.audit_pending
        """)).Count, pending => pending == 0, "all acts are chained", TestContext.Current.CancellationToken);

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(province.System.Database.Name)) { Pooling = false });
        await using var command = dataSource.CreateCommand(sql);
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
