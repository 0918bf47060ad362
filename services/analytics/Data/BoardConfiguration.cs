using Gengdu.Analytics.Explore.Boards;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gengdu.Analytics.Data;

internal sealed class BoardConfiguration : IEntityTypeConfiguration<Board>
{
    public void Configure(EntityTypeBuilder<Board> builder)
    {
        builder.ToTable("boards");
        builder.HasNoScope("lists of questions without a figure: each is answered with the rights of whoever opens it, and each slice looks at the owner");
        builder.HasKey(board => board.Id);
        builder.Property(board => board.Id).ValueGeneratedNever();
        builder.Property(board => board.Title).HasMaxLength(Board.LongestTitle);
        builder.Property(board => board.TilesText).HasColumnName("tiles").HasColumnType("jsonb");
        builder.Ignore(board => board.Tiles);
        builder.Property(board => board.Version).IsConcurrencyToken();
        builder.HasIndex(board => board.OwnerId);
    }
}
