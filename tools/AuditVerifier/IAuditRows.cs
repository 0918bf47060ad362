using Gengdu.Audit;

namespace Gengdu.AuditVerifier;

/// <summary>A stream's rows in the order of their numbers: from the database or from an export.</summary>
internal interface IAuditRows : IAsyncDisposable
{
    /// <summary>One after another; a row whose personal part is there comes with it.</summary>
    IAsyncEnumerable<(AuditEntry Entry, AuditPersonal? Personal)> ReadAsync();
}
