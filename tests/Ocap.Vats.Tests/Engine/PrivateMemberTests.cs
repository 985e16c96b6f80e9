using Ocap.Vats.Tests.Npm;

namespace Ocap.Vats.Tests.Engine;

/// <summary>Private members of frozen and hardened objects, compared with V8.</summary>
public sealed class PrivateMemberTests
{
    [Test]
    public Task Freezing_an_object_leaves_its_private_members_as_they_were() => ComparedTable.Compare("private-members", 35);
}
