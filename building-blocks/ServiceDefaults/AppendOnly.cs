using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.ServiceDefaults;

/// <summary>Tables whose rows stay as they were written.</summary>
public static class AppendOnly
{
    private const string Annotation = "Gengdu:AppendOnly";

    /// <summary>The service's role may read the table and add to it; the verb "migrate" grants nothing else.</summary>
    public static EntityTypeBuilder<TEntity> IsAppendOnly<TEntity>(this EntityTypeBuilder<TEntity> entity)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(Annotation, true);
        return entity;
    }

    /// <summary>Whether <see cref="IsAppendOnly{TEntity}"/> was said of it.</summary>
    public static bool IsAppendOnly(this IReadOnlyEntityType entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity.FindAnnotation(Annotation) is not null;
    }
}
