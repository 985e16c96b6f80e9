using Ocap.Kernel.Store;

namespace Ocap.Store.Tests.Contract;

[InheritsTests]
public sealed class SqliteStoreContract : StoreContract
{
    private readonly TempFolder _folder = new();

    protected override IKernelStore Open() => SqliteKernelStore.Open(_folder.Database);

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}
