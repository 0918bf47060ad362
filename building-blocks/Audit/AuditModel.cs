using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gengdu.Audit;

/// <summary>The tables in the service's own schema.</summary>
public static class AuditModel
{
    /// <summary>Maps audit_pending, audit_entries, audit_personal, audit_checkpoints and audit_witnessed. Call in OnModelCreating.</summary>
    public static void AddAudit(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<AuditPending>(pending =>
        {
            pending.ToTable("audit_pending");
            pending.HasKey(p => p.Id);
            pending.Property(p => p.Id).ValueGeneratedNever();
        });
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entries");
            entry.IsAppendOnly();
            entry.HasNoScope("read by one query alone, the auditor's, which is scoped and itself audited; written for acts outside the caller's scope too");
            entry.HasKey(e => e.Seq);
            entry.Property(e => e.Seq).ValueGeneratedNever();
            entry.Property(e => e.Act).HasMaxLength(100);
            entry.Property(e => e.Outcome).HasMaxLength(10);
            entry.Property(e => e.OrganisationPath).UseCollation("C");
            // "Who saw what of this school" is one range of the first; the rest are the questions an auditor asks about one person or thing.
            entry.HasIndex(e => new { e.OrganisationPath, e.Seq });
            entry.HasIndex(e => new { e.ActorId, e.Seq });
            entry.HasIndex(e => new { e.ObjectId, e.Seq });
            entry.HasIndex(e => e.At).HasMethod("brin");
        });
        model.Entity<AuditPersonal>(personal =>
        {
            personal.ToTable("audit_personal");
            personal.IsAppendOnly();
            personal.HasKey(p => p.Seq);
            personal.Property(p => p.Seq).ValueGeneratedNever();
            personal.HasIndex(p => p.PersonId);
        });
        model.Entity<AuditCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("audit_checkpoints");
            checkpoint.IsAppendOnly();
            checkpoint.HasKey(c => c.Size);
            checkpoint.Property(c => c.Size).ValueGeneratedNever();
        });
        model.Entity<WitnessedCheckpoint>(witnessed =>
        {
            witnessed.ToTable("audit_witnessed");
            witnessed.IsAppendOnly();
            witnessed.HasKey(w => new { w.Stream, w.Size, w.Root });
        });
    }

    /// <summary>
    /// The triggers and the erasure that a migration adds to the tables. Rights alone do not hold the owner of a table back, and
    /// whoever is a superuser can switch a trigger off: that is what the chain and the checkpoints are for.
    /// </summary>
    public static void AddAuditGuards(this MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        migration.Sql("""
            create function audit_refuse() returns trigger language plpgsql as $$
            begin
              if tg_table_name = 'audit_personal' and tg_op = 'DELETE' and current_setting('gengdu.audit_erasure', true) = 'on'
                and current_user = (select tableowner from pg_tables where schemaname = tg_table_schema and tablename = tg_table_name) then
                return null;
              end if;
              raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
            end $$;
            """);
        foreach (var table in new[] { "audit_entries", "audit_personal", "audit_checkpoints", "audit_witnessed" })
        {
            migration.Sql($"""
                create trigger {table}_append_only before update or delete or truncate on {table} for each statement execute function audit_refuse();
                """);
        }

        // Pending rows are taken away by being chained; changed they are not.
        migration.Sql("create trigger audit_pending_unchanged before update or truncate on audit_pending for each statement execute function audit_refuse();");
        migration.Sql("""
            create function audit_erase_personal(person uuid) returns bigint language plpgsql as $$
            declare
              erased bigint;
            begin
              perform set_config('gengdu.audit_erasure', 'on', true);
              delete from audit_personal where person_id = person;
              get diagnostics erased = row_count;
              perform set_config('gengdu.audit_erasure', 'off', true);
              return erased;
            end $$;
            revoke all on function audit_erase_personal(uuid) from public;
            """);
    }

    /// <summary>The reverse of <see cref="AddAuditGuards"/>, for Down.</summary>
    public static void RemoveAuditGuards(this MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        migration.Sql("drop function if exists audit_erase_personal(uuid); drop function if exists audit_refuse() cascade;");
    }
}
