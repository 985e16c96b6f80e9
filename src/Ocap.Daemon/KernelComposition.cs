using System.Runtime.Versioning;
using Ocap.Daemon.Home;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Kernel;
using Ocap.Daemon.Lifecycle;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Io;
using Ocap.Daemon.Params;
using Ocap.Kernel;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Vats;
using Ocap.Remotes.Identity;
using Ocap.Remotes.Urls;
using Ocap.Store;
using Ocap.Vats;

namespace Ocap.Daemon;

/// <summary>The one place where a daemon's kernel is put together from its parts.</summary>
[UnsupportedOSPlatform("windows")]
public static class KernelComposition
{
    /// <summary>Opens the store of a home and makes the kernel on it. Vats that are configured by their source are bundled by <paramref name="bundler"/>.</summary>
    /// <exception cref="DaemonException">The store cannot be opened; the message names the file and what to do.</exception>
    public static IDaemonKernel Create(DaemonContext context, SourceBundler bundler)
    {
        SqliteKernelStore store = Open(context.Home.Database);
        try
        {
            var thread = new KernelThread(context.Log, reason =>
            {
                context.Log.Error($"The daemon ends: {reason}");
                Libc.ExitAtOnce(1);
            })
            {
                Stirred = context.Stirred,
            };
            bool isReference = store.OpenedVersion == 0;
            if (isReference)
            {
                SecretsMove.Run(store, context.Home.Identity);
            }

            BundleSweep.Run(context.Home.Bundles, store, warning => context.Log.Warn(warning));
            var bundles = new BundleStore(context.Home.Bundles, bundler, warning => context.Log.Warn(warning));
            HostedVats? hosts = context.VatsAreHosted ? new HostedVats(new HostProcess.Launcher(), bundles, context.Log, HostPatience.Default) : null;
            var workers = hosts ?? (IVatWorkerFactory)new JintVatWorkerFactory(bundles);
            var identity = new TaskCompletionSource<KernelIdentity>(TaskCreationOptions.RunContinuationsAsynchronously);
            var channels = new SocketChannels(context.Log, ChannelLimits.Default);
            var loop = new KernelLoop(store, workers, new OutsideWorld(TimeProvider.System), thread, new KernelOptions
            {
                Lanes = Math.Max(2, Environment.ProcessorCount),
                IsReferenceDatabase = isReference,
                Io = channels,
                SystemSubclusters = SystemSubclusterFile.Read(context.Home.SystemSubclusters),
                OcapUrls = new OcapUrls(identity.Task),
                ConfigComplaint = ClusterConfigShape.Instance.Complaint,
            });
            loop.Start();
            if (isReference)
            {
                context.Log.Info($"{context.Home.Database} was made by another program; its state is taken over, its reference counts are made anew.");
            }

            return new DaemonKernel(store, thread, loop, context.Log, context.Home, hosts, channels, identity);
        }
        catch (Exception refused) when (refused is StoreException or MigrationException or IdentityFileException or SystemSubclusterException or ArgumentException)
        {
            store.Dispose();
            throw new DaemonException(refused.Message);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static SqliteKernelStore Open(string path)
    {
        try
        {
            return SqliteKernelStore.Open(path);
        }
        catch (StoreException refused)
        {
            throw new DaemonException(refused.Message);
        }
    }
}
